package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskContext;
import dev.handoff.TaskHandle;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Handlers as methods, types without a handler, effects through Spring's client, and the
/// application event for ends.
final class HandlerBeansTest {
  private static final TaskType<Name, Greeting> GREET =
      TaskType.of("greet", Name.class, Greeting.class);
  private static final TaskType<String, String> COUNT =
      TaskType.of("count", String.class, String.class);
  private static final TaskType<String, String> ELSEWHERE =
      TaskType.of("elsewhere", String.class, String.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  record Name(String first) {}

  record Greeting(String text) {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Application {
    @Bean
    Greeter greeter() {
      return new Greeter();
    }

    @Bean
    TaskType<String, String> elsewhere() {
      return ELSEWHERE;
    }

    @Bean
    Ends ends() {
      return new Ends();
    }
  }

  static class Greeter {
    final List<Map<String, String>> logged = new CopyOnWriteArrayList<>();

    @HandledBy("greet")
    Greeting greet(Name name) {
      logged.add(Map.copyOf(MDC.getCopyOfContextMap()));
      return new Greeting("hello " + name.first());
    }

    @HandledBy("count")
    Outcome<String> count(String text, TaskContext task) {
      return Outcome.done(
          "counted",
          JdbcEffect.of(sql ->
              sql.sql("insert into counted (task, n) values (:task, :n)")
                  .param("task", task.taskId().toString())
                  .param("n", text.length())
                  .update()));
    }
  }

  static class Ends {
    final List<Task> seen = new CopyOnWriteArrayList<>();

    @EventListener(condition = "#ended.task.type == 'greet'")
    void on(TaskEnded ended) {
      seen.add(ended.task());
    }
  }

  private ConfigurableApplicationContext start(Class<?>... configurations) {
    return new SpringApplicationBuilder(configurations)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .run("--spring.datasource.url=jdbc:sqlite:" + folder.resolve("app.db"));
  }

  @Test
  void aMethodHandlesTasksAndIsNamedInTheLog() throws Exception {
    try (ConfigurableApplicationContext context = start(Application.class)) {
      Handoff handoff = context.getBean(Handoff.class);
      TaskId id = handoff.submit(GREET, new Name("Asha"), Submission.by("u"));

      TaskHandle<Greeting> handle = handoff.handle(GREET, id);

      assertThat(handle.result(PATIENCE)).contains(new Greeting("hello Asha"));
      assertThat(handle.result()).contains(new Greeting("hello Asha"));
      assertThat(context.getBean(Greeter.class).logged)
          .containsExactly(
              Map.of("task", id.toString(), "type", "greet", "attempt", "1", "owner", "u"));
    }
  }

  @Test
  void anEffectWritesThroughTheClientInTheTransactionOfTheEnd() throws Exception {
    try (ConfigurableApplicationContext context = start(Application.class)) {
      Handoff handoff = context.getBean(Handoff.class);
      JdbcClient sql = context.getBean(JdbcClient.class);
      sql.sql("create table counted (task text primary key, n integer)").update();

      TaskId id = handoff.submit(COUNT, "four", Submission.by("u"));

      assertThat(handoff.result(COUNT, id, PATIENCE)).contains("counted");
      assertThat(sql.sql("select n from counted").query(Integer.class).list()).containsExactly(4);
    }
  }

  @Test
  void aTypeWithoutAHandlerIsSubmittedAndWaitsForAWorker() {
    try (ConfigurableApplicationContext context = start(Application.class)) {
      Handoff handoff = context.getBean(Handoff.class);

      TaskId id = handoff.submit(ELSEWHERE, "x", Submission.by("u"));

      Task task = handoff.find(id).orElseThrow();
      assertThat(task.isTerminal()).isFalse();
      await().atMost(PATIENCE).until(() -> handoff.lacksWorker(task));
    }
  }

  @Test
  void endsArePublishedAsApplicationEvents() {
    try (ConfigurableApplicationContext context = start(Application.class)) {
      Handoff handoff = context.getBean(Handoff.class);
      Ends ends = context.getBean(Ends.class);

      TaskId id = handoff.submit(GREET, new Name("Ben"), Submission.by("u"));

      await().atMost(PATIENCE).until(() -> !ends.seen.isEmpty());
      assertThat(ends.seen).extracting(Task::id).containsExactly(id);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Misfit {
    @Bean
    TwoRequests twoRequests() {
      return new TwoRequests();
    }
  }

  static class TwoRequests {
    @HandledBy("both")
    String both(String one, String other) {
      return one + other;
    }
  }

  @Test
  void aMethodThatDoesNotFitRefusesTheStart() {
    assertThatThrownBy(() -> start(Application.class, Misfit.class).close())
        .hasStackTraceContaining("TwoRequests.both, which handles 'both', does not fit");
  }
}
