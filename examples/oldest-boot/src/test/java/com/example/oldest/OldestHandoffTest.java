package com.example.oldest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.spring.test.HandoffTest;
import dev.handoff.spring.test.TaskTester;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The tests' starter, on the JUnit that the oldest Spring Boot manages.
@HandoffTest(Greetings.class)
final class OldestHandoffTest {
  @Autowired private TaskTester tester;

  @Test
  void runsByHand() {
    assertThat(tester.run(Greetings.GREET, new Greetings.Name("Ben")).text())
        .isEqualTo("hello Ben");
  }
}
