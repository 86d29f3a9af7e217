package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.TaskType;
import dev.handoff.spring.tables.TableMigrations;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.util.Arrays;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What a database's URL has of secrets is in no line of the log, whoever writes it.
@ExtendWith(OutputCaptureExtension.class)
final class SecretsInLogsTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class);
  private static final String SECRETS = "sslpassword=s3cret-one&password=s3cret-two";

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    HandledType<String, String> greet() {
      return GREET.handledBy((name, _) -> Outcome.done("hello " + name));
    }
  }

  private static ConfigurableApplicationContext start(String... settings) {
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .bannerMode(org.springframework.boot.Banner.Mode.OFF)
        .run(Arrays.stream(settings).map(each -> "--" + each).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spring.datasource", "handoff.store"})
  void aStartLogsNone(String prefix, CapturedOutput output) {
    TestDatabase data = PostgresServer.shared().newDatabase();
    String url = data.url() + (data.url().contains("?") ? "&" : "?") + SECRETS;
    try (ConfigurableApplicationContext context =
        start(
            prefix + ".url=" + url,
            prefix + ".username=" + data.username(),
            prefix + ".password=" + data.password(),
            "logging.level.com.zaxxer.hikari=debug",
            // The application's own pool tells Hibernate its URL.
            "logging.level.org.hibernate.orm.connections.pooling="
                + (prefix.startsWith("handoff") ? "info" : "off"),
            "spring.jpa.hibernate.ddl-auto=none")) {
      assertThat(context.getBean(Handoff.class)).isNotNull();
      TableMigrations.run(context.getBean(DataSource.class), "notes", "notes_history");
    }

    assertThat(output.getAll()).contains("jdbc:postgresql:").doesNotContain("s3cret");
    data.drop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "handoff.store.url=jdbc:postgresql://localhost:port/nowhere?" + SECRETS,
        "handoff.store.url=jdbc:mysql://asha:s3cret-three@localhost:1/nowhere?" + SECRETS
      })
  void norDoesAStartThatFails(String setting, CapturedOutput output) {
    assertThatThrownBy(() -> start(setting).close()).isInstanceOf(RuntimeException.class);

    assertThat(output.getAll()).doesNotContain("s3cret");
  }
}
