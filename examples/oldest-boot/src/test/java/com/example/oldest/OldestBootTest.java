package com.example.oldest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// The oldest Spring Boot 4, with the drivers, the pool, Flyway and Jackson that it manages.
final class OldestBootTest {
  @TempDir private Path folder;

  private ConfigurableApplicationContext start(String... settings) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--handoff.data-dir=" + folder,
                "--handoff.api.open-types=*",
                "--handoff.webhooks.enabled=true"));
    Arrays.stream(settings).map(setting -> "--" + setting).forEach(options::add);
    return SpringApplication.run(Greetings.class, options.toArray(String[]::new));
  }

  @Test
  void isTheOldest() {
    assertThat(SpringBootVersion.getVersion()).isEqualTo("4.0.0");
  }

  @Test
  void runsOnTheEmbeddedStore() throws Exception {
    runsTasksInTransactions("handoff.store.url=");
    assertThat(folder.resolve("handoff.db")).exists();
  }

  @Test
  void runsOnSqlite() throws Exception {
    runsTasksInTransactions("spring.datasource.url=jdbc:sqlite:" + folder.resolve("own.db"));
  }

  @Test
  void runsOnPostgres() throws Exception {
    TestDatabase data = PostgresServer.shared().newDatabase();
    runsTasksInTransactions(
        "spring.datasource.url=" + data.url(),
        "spring.datasource.username=" + data.username(),
        "spring.datasource.password=" + data.password());
    data.drop();
  }

  private void runsTasksInTransactions(String... settings) throws Exception {
    try (ConfigurableApplicationContext application = start(settings)) {
      Handoff handoff = application.getBean(Handoff.class);
      JdbcClient sql = application.getBean(JdbcClient.class);
      sql.sql("create table note (task varchar(40))").update();
      TaskId id =
          application
              .getBean(TransactionTemplate.class)
              .execute(status -> {
                TaskId task =
                    handoff.submit(
                        Greetings.GREET, new Greetings.Name("Asha"), Submission.by("u"));
                sql.sql("insert into note values (?)").param(task.toString()).update();
                return task;
              });
      assertThat(handoff.result(Greetings.GREET, id, Duration.ofSeconds(30)))
          .contains(new Greetings.Greeting("hello Asha"));
      String port = application.getEnvironment().getProperty("local.server.port");
      try (HttpClient http = HttpClient.newHttpClient()) {
        for (String path : List.of("/handoff/tasks", "/handoff/webhooks", "/handoff/types")) {
          HttpRequest request =
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
          await()
              .untilAsserted(() ->
                  assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                      .isEqualTo(401));
        }
      }
    }
  }
}
