package dev.handoff.spring.modulith;

import dev.handoff.Handoff;
import dev.handoff.spring.HandoffAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.config.EventExternalizationAutoConfiguration;

/// Tasks for externalised events, where the application externalises events and has an engine.
@AutoConfiguration(
    after = {HandoffAutoConfiguration.class, EventExternalizationAutoConfiguration.class})
@ConditionalOnBean({Handoff.class, EventExternalizationConfiguration.class})
public final class HandoffModulithAutoConfiguration {
  @Bean
  TaskExternalizer handoffTaskExternalizer(
      EventExternalizationConfiguration configuration, Handoff handoff) {
    return new TaskExternalizer(configuration, handoff);
  }
}
