package dev.handoff.spring;

import dev.handoff.spring.live.TaskStreams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/// The gauge `handoff.streams`, in a web application with a meter registry.
@AutoConfiguration(
    after = {HandoffWebAutoConfiguration.class, HandoffMetricsAutoConfiguration.class})
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, TaskStreams.class})
public final class HandoffStreamMetricsAutoConfiguration {
  @Bean
  MeterBinder handoffStreamMetrics(TaskStreams streams) {
    return meters ->
        Gauge.builder("handoff.streams", streams, TaskStreams::size)
            .description("open streams of task events on this node")
            .register(meters);
  }
}
