package dev.handoff.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handoff.HandledType;
import dev.handoff.Outcome;
import dev.handoff.TaskType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Settings with wrong values: each is told with its name, its value and its line.
final class InvalidSettingTest {
  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class SettingsApplication {
    @Bean
    HandledType<String, String> greet() {
      return TaskType.of("greet", String.class, String.class)
          .handledBy((name, _) -> Outcome.done("hello " + name));
    }
  }

  private FailureAnalysis analysis(String... lines) throws Exception {
    Path file = Files.writeString(folder.resolve("wrong.properties"), String.join("\n", lines));
    AtomicReference<Environment> environment = new AtomicReference<>();
    Throwable failure =
        catchThrowable(() ->
            new SpringApplicationBuilder(SettingsApplication.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> environment.set(context.getEnvironment()))
                .run(
                    "--spring.config.location=file:" + file,
                    "--handoff.data-dir=" + folder.resolve("data"))
                .close());
    assertThat(failure).isNotNull();
    FailureAnalysis analysis = new InvalidSettingAnalyzer(environment.get()).analyze(failure);
    assertThat(analysis).as(String.valueOf(failure)).isNotNull();
    return Objects.requireNonNull(analysis);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "handoff.worker.concurrency; many; is not a whole number",
        "handoff.worker.concurrency; 0; is 1 to 100000",
        "handoff.worker.concurrency; 99999999999; is not a whole number",
        "handoff.worker.drain; soon; is not a duration, such as",
        "handoff.worker.drain; -1s; is not negative",
        "handoff.worker.flush-every; -5ms; is not negative",
        "handoff.lease.length; -10s; at most half of",
        "handoff.lease.renew-every; 0s; is positive",
        "handoff.store.connections; 3; is at least 4",
        "handoff.streams.per-owner; -1; at least 1",
        "handoff.role; wrker; is not one of all, api, worker",
        "handoff.store.notifications; perhaps; is not true or false",
        "handoff.api.enabled; perhaps; is not true or false",
        "handoff.api.body-limit; huge; is not a size",
        "handoff.api.body-limit; -1MB; is positive",
        "handoff.api.path; handoff; begins with a slash"
      })
  void isToldInOneSentence(String name, String value, String words) throws Exception {
    FailureAnalysis analysis = analysis("# a comment", name + "=" + value);

    assertThat(analysis.getDescription())
        .contains(name)
        .contains(words)
        .contains("wrong.properties")
        .contains("2:")
        .doesNotContain("\n");
  }

  @Test
  void secretsAreNotRepeated() {
    assertThat(SettingsCheck.masked("handoff.store.password", "secret")).isEqualTo("***");
  }
}
