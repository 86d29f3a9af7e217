package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.handoff.GateLimits;
import dev.handoff.Gates;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.spring.live.TaskStreams;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// The starter in a small application without a web server.
final class StarterTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class);

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Application {
    @Bean
    HandledType<String, String> greet() {
      return GREET.handledBy((name, _) -> Outcome.done("hello " + name));
    }
  }

  private static ConfigurableApplicationContext start(Path folder, String... settings) {
    SpringApplication application =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .bannerMode(org.springframework.boot.Banner.Mode.OFF)
            .build();
    String[] options = new String[settings.length + 1];
    options[0] = "--handoff.data-dir=" + folder;
    for (int i = 0; i < settings.length; i++) {
      options[i + 1] = "--" + settings[i];
    }
    return application.run(options);
  }

  @Test
  void runsTasksAndJoinsTheApplicationsTransactions(@TempDir Path folder) {
    runsTasksAndJoinsTransactions(folder);
  }

  @Test
  void setsTheLimitsOfGates(@TempDir Path folder) {
    try (ConfigurableApplicationContext context =
        start(
            folder,
            "handoff.gates.[tenant:*].concurrency=5",
            "handoff.gates.[provider:openai].starts.count=500",
            "handoff.gates.[provider:openai].units.count=90000",
            "handoff.gates.[provider:openai].units.per=PT2M")) {
      Gates gates = context.getBean(Handoff.class).gates();

      assertThat(gates.find("tenant:*").orElseThrow().limits())
          .isEqualTo(GateLimits.concurrency(5));
      assertThat(gates.find("provider:openai").orElseThrow().limits())
          .isEqualTo(
              GateLimits.NONE
                  .starts(500, Duration.ofMinutes(1))
                  .units(90_000, Duration.ofMinutes(2)));
    }
    assertThatThrownBy(() -> start(folder, "handoff.gates.[tenant*].concurrency=5"))
        .hasStackTraceContaining("handoff.gates.[tenant*]: a family of gates");
    assertThatThrownBy(() -> start(folder, "handoff.gates.[a].concurency=5"))
        .hasStackTraceContaining("unknown setting 'handoff.gates.[a].concurency'");
  }

  @Test
  void doesTheSameOnPostgres(@TempDir Path folder) {
    TestDatabase data = PostgresServer.shared().newDatabase();
    runsTasksAndJoinsTransactions(
        folder,
        "handoff.store.url=" + data.url(),
        "handoff.store.username=" + data.username(),
        "handoff.store.password=" + data.password(),
        "handoff.store.connections=5");
    assertThat(folder).isEmptyDirectory();
    data.drop();
  }

  private static void runsTasksAndJoinsTransactions(Path folder, String... settings) {
    try (ConfigurableApplicationContext context = start(folder, settings)) {
      Handoff handoff = context.getBean(Handoff.class);
      JdbcClient sql = context.getBean(JdbcClient.class);
      TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
      sql.sql("create table note (task text)").update();

      TaskId kept =
          transaction.execute(_ -> {
            TaskId id = handoff.submit(GREET, "Asha", Submission.by("u"));
            sql.sql("insert into note values (?)").param(id.toString()).update();
            assertThat(handoff.find(id)).isEmpty();
            return id;
          });
      AtomicReference<TaskId> lost = new AtomicReference<>();
      assertThatThrownBy(() ->
              transaction.executeWithoutResult(_ -> {
                lost.set(handoff.submit(GREET, "Ben", Submission.by("u")));
                throw new IllegalStateException("rolled back");
              }))
          .hasMessage("rolled back");

      await()
          .until(
              () -> handoff.find(kept).map(task -> task.state()).orElseThrow(),
              TaskState.Completed.class::isInstance);
      assertThat(handoff.find(lost.get())).isEmpty();
      assertThat(sql.sql("select count(*) from note").query(Integer.class).single()).isEqualTo(1);
      assertThat(context.getBeanNamesForType(TaskStreams.class)).isEmpty();
      assertThat(context.getBean(TimeSource.class)).isSameAs(handoff.clock());
    }
  }

  @Test
  void theApplicationsOwnClockIsTheStoresToo(@TempDir Path folder) {
    TestClock clock = TestClock.atNine();
    SpringApplication application =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .bannerMode(org.springframework.boot.Banner.Mode.OFF)
            .initializers(context ->
                ((GenericApplicationContext) context).registerBean(TimeSource.class, () -> clock))
            .build();
    try (ConfigurableApplicationContext context =
        application.run("--handoff.data-dir=" + folder, "--handoff.role=api")) {
      assertThat(context.getBean(Handoff.class).clock()).isSameAs(clock);
    }
  }

  @Test
  void aMisspeltSettingStopsTheStartBeforeAFileIsMade(@TempDir Path folder) {
    assertThatThrownBy(() -> start(folder, "handoff.worker.concurency=7"))
        .rootCause()
        .hasMessageContaining("did you mean 'handoff.worker.concurrency'?");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void otherDatabasesAreRefusedClearly(@TempDir Path folder) {
    assertThatThrownBy(() -> start(folder, "handoff.store.url=jdbc:mysql://u:secret@host/db"))
        .rootCause()
        .isInstanceOf(UnsupportedStoreException.class)
        .hasMessageContaining("asks for 'jdbc:mysql', but there are only the embedded")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aServerThatIsNotThereStopsTheStartClearly(@TempDir Path folder) {
    Throwable failure =
        catchThrowable(
            () -> start(folder, "handoff.store.url=jdbc:postgresql://localhost:1/nowhere"));

    assertThat(new StoreFailureAnalyzer().analyze(failure))
        .satisfies(shown -> {
          assertThat(shown.getDescription())
              .startsWith("the task store's database cannot be reached")
              .contains("Cause: ")
              .contains("refused");
          assertThat(shown.getAction()).contains("handoff.store.url");
        });
  }

  @Test
  void impossibleSettingsNameThemselves(@TempDir Path folder) {
    assertThatThrownBy(() -> start(folder, "handoff.lease.renew-every=8s"))
        .rootCause()
        .hasMessageContaining("handoff.lease.renew-every");
    assertThatThrownBy(() -> start(folder, "handoff.store.connections=3"))
        .rootCause()
        .hasMessageContaining("handoff.store.connections");
    assertThatThrownBy(() -> start(folder, "handoff.streams.per-owner=0"))
        .rootCause()
        .hasMessageContaining("handoff.streams.per-owner");
  }
}
