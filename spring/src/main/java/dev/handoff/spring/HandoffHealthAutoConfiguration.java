package dev.handoff.spring;

import dev.handoff.Handoff;
import dev.handoff.store.TaskStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/// The health contributor `handoff`, where the application has Actuator and does not switch it off
/// with `management.health.handoff.enabled`.
@AutoConfiguration(after = HandoffAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(Handoff.class)
@ConditionalOnEnabledHealthIndicator("handoff")
public final class HandoffHealthAutoConfiguration {
  @Bean
  HealthIndicator handoffHealthIndicator(Handoff handoff, TaskStore store) {
    return new HandoffHealth(handoff, new StoreProbe(store));
  }
}
