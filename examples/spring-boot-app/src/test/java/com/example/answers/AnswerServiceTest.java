package com.example.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.spring.test.HandoffTest;
import dev.handoff.spring.test.TaskTester;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HandoffTest(AnswersApplication.class)
class AnswerServiceTest {
  @Autowired TaskTester tester;

  @Test
  void answersAQuestion() {
    assertThat(tester.run(AnswerService.ANSWER, "6 × 7?")).isEqualTo("The answer to 6 × 7? is 42.");
  }
}
