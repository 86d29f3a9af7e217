package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.EndListener;
import dev.handoff.Extensions;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/// Ends of tasks where only some of an application's nodes listen to them.
final class EndNodesTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Application {
    @Bean
    HandledType<String, String> greet() {
      return GREET.handledBy((name, _) -> Outcome.done("hello " + name));
    }
  }

  static class EndedListener {
    final List<Task> told = new CopyOnWriteArrayList<>();

    @EventListener
    void on(TaskEnded ended) {
      told.add(ended.task());
    }
  }

  /// Wants the end of every task.
  static class Everything implements EndListener {
    @Override
    public boolean wants(String type, Submission submission) {
      return true;
    }

    @Override
    public void onEnd(Task task) {
      // It is asked only what it wants.
    }
  }

  private static ApplicationContextRunner application(String... settings) {
    return new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withPropertyValues(settings);
  }

  @Test
  void aWorkerWithoutAListenerLeavesEndsToTheNodeThatListens() {
    TestDatabase data = PostgresServer.shared().newDatabase();
    ApplicationContextRunner node =
        application(
            "spring.datasource.url=" + data.url(),
            "spring.datasource.username=" + data.username(),
            "spring.datasource.password=" + data.password(),
            "handoff.store.connections=5");
    node.withPropertyValues("handoff.role=worker")
        .run(worker ->
            node.withPropertyValues("handoff.role=api")
                .withBean(EndedListener.class)
                .run(api -> {
                  Handoff handoff = api.getBean(Handoff.class);
                  EndedListener listener = api.getBean(EndedListener.class);

                  List<TaskId> tasks =
                      handoff.submitAll(GREET, Collections.nCopies(50, "Asha"), Submission.by("u"));

                  await().atMost(PATIENCE).until(() -> listener.told.size() >= tasks.size());
                  assertThat(listener.told)
                      .extracting(Task::id)
                      .containsExactlyInAnyOrderElementsOf(tasks);
                  assertThat(worker.getBean(Extensions.class).ends().isListening()).isFalse();
                }));
    data.drop();
  }

  @Test
  void endsOfHandoffsOwnTasksAreNotTheApplications(@TempDir Path folder) {
    Submission own = Submission.by("webhook:1");
    for (Class<?> each : List.of(EndedListener.class, Everything.class)) {
      application("handoff.data-dir=" + folder)
          .withBean(each)
          .run(context -> {
            EndListener ends = context.getBean(Extensions.class).ends();
            assertThat(ends.wants("greet", own)).isTrue();
            assertThat(ends.wants("handoff.webhook", own)).isFalse();
          });
    }
  }
}
