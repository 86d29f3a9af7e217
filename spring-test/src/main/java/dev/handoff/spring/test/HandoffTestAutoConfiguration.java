package dev.handoff.spring.test;

import dev.handoff.Extensions;
import dev.handoff.Handoff;
import dev.handoff.spring.HandoffAutoConfiguration;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.TaskTypes;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/// What [HandoffTest] has instead of the application's: a clock that stands still, and an engine
/// that does nothing by itself.
@AutoConfiguration(before = HandoffAutoConfiguration.class)
public final class HandoffTestAutoConfiguration {
  @Bean
  TestClock handoffTestClock() {
    return TestClock.atNine();
  }

  @Bean
  Handoff handoff(
      TaskStore store,
      ListableBeanFactory beans,
      HandoffProperties settings,
      Extensions extensions) {
    return Handoff.openByHand(
        store, () -> TaskTypes.of(beans), settings.engineConfig(), extensions);
  }

  @Bean
  TaskTester handoffTaskTester(Handoff handoff, TestClock clock) {
    return new TaskTester(handoff, clock);
  }
}
