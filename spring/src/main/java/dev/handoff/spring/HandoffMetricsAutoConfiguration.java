package dev.handoff.spring;

import dev.handoff.EngineListener;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.store.TaskStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/// Meters of the engine, where the application has a meter registry.
@AutoConfiguration(
    after = HandoffAutoConfiguration.class,
    afterName =
        "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, Handoff.class})
public final class HandoffMetricsAutoConfiguration {
  @Bean
  EngineListener handoffEngineMetrics(MeterRegistry meters) {
    return new EngineMetrics(meters);
  }

  @Bean
  MeterBinder handoffNodeMetrics(
      Handoff handoff, TaskStore store, ObjectProvider<HandledType<?, ?>> types) {
    return new NodeMetrics(handoff, store, types.stream().toList());
  }
}
