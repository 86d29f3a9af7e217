package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What can be seen of a worker: an application that has no servlet on its class path.
final class WorkerMeasuresTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class);

  @Configuration(proxyBeanMethods = false)
  static class Application {
    @Bean
    HandledType<String, String> greet() {
      return GREET.handledBy((name, _) -> Outcome.done("hello " + name));
    }

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }

    @Bean
    EndedObservations seen() {
      return new EndedObservations(new CopyOnWriteArrayList<>());
    }

    @Bean
    ObservationRegistry observations(EndedObservations seen) {
      ObservationRegistry observations = ObservationRegistry.create();
      observations.observationConfig().observationHandler(seen);
      return observations;
    }
  }

  record EndedObservations(List<Observation.Context> ended)
      implements ObservationHandler<Observation.Context> {
    @Override
    public void onStop(Observation.Context context) {
      ended.add(context);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }
  }

  @Test
  void aWorkerIsMeasuredObservedAndHealthy(@TempDir Path folder) {
    new ApplicationContextRunner()
        .withClassLoader(new FilteredClassLoader("jakarta.servlet"))
        .withUserConfiguration(Application.class)
        .withConfiguration(
            AutoConfigurations.of(
                HandoffDatabaseAutoConfiguration.class,
                HandoffMetricsAutoConfiguration.class,
                HandoffAutoConfiguration.class,
                HandoffHealthAutoConfiguration.class,
                HandoffWebAutoConfiguration.class,
                HandoffStreamMetricsAutoConfiguration.class))
        .withPropertyValues("handoff.data-dir=" + folder, "handoff.role=worker")
        .run(context -> {
          Handoff handoff = context.getBean(Handoff.class);
          TaskId id = handoff.submit(GREET, "Asha", Submission.by("u"));
          await().until(() -> handoff.find(id).orElseThrow().isTerminal());

          isMeasured(context);
          isObserved(context.getBean(EndedObservations.class), id);
          assertThat(context.getBean(HealthIndicator.class).health())
              .satisfies(health -> {
                assertThat(health.getStatus()).isEqualTo(Status.UP);
                assertThat(health.getDetails()).containsEntry("workers", true);
              });
        });
  }

  private static void isMeasured(ApplicationContext context) {
    MeterRegistry meters = context.getBean(MeterRegistry.class);
    context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(meters));

    assertThat(
            meters.get("handoff.submitted").tags("type", "greet", "how", "new").counter().count())
        .isEqualTo(1);
    await()
        .untilAsserted(() ->
            assertThat(
                    meters
                        .get("handoff.attempt")
                        .tags("type", "greet", "ending", "TaskCompleted")
                        .timer()
                        .count())
                .isEqualTo(1));
    assertThat(gauge(meters, "completed")).isEqualTo(1);
    assertThat(gauge(meters, "queued")).isZero();
    assertThat(meters.get("handoff.node.followers").gauge().value()).isZero();
    assertThat(meters.get("handoff.node.attempts").gauge().value()).isZero();
    assertThat(meters.find("handoff.streams").gauge()).isNull();
  }

  private static double gauge(MeterRegistry meters, String state) {
    return meters.get("handoff.tasks").tags("type", "greet", "state", state).gauge().value();
  }

  private static void isObserved(EndedObservations seen, TaskId id) {
    await().until(() -> !seen.ended().isEmpty());
    Observation.Context context = seen.ended().getFirst();
    assertThat(context.getName()).isEqualTo("handoff.handle");
    assertThat(context.getContextualName()).isEqualTo("handle greet");
    assertThat(context.getLowCardinalityKeyValues()).contains(KeyValue.of("type", "greet"));
    assertThat(context.getHighCardinalityKeyValues())
        .contains(KeyValue.of("task", id.toString()), KeyValue.of("attempt", "1"));
  }
}
