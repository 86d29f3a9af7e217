package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/// From when until when an application's node claims tasks.
final class ClaimPhasesTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class);

  /// Long enough for a node that claims to complete a task.
  private static final Duration A_WHILE = Duration.ofMillis(700);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Application {
    @Bean
    HandledType<String, String> greet() {
      return GREET.handledBy((name, _) -> Outcome.done("hello " + name));
    }
  }

  /// Submits while its application begins to stop, and looks while the web server would wait for
  /// its last requests.
  @Configuration(proxyBeanMethods = false)
  static class LastRequest implements SmartLifecycle {
    private final Handoff handoff;
    private final List<Task> looked = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    LastRequest(Handoff handoff) {
      this.handoff = handoff;
    }

    @EventListener
    void on(ContextClosedEvent closing) {
      submitAndLook();
    }

    @Override
    public void start() {
      running = true;
    }

    @Override
    public void stop() {
      submitAndLook();
      running = false;
    }

    private void submitAndLook() {
      TaskId task = handoff.submit(GREET, "Asha", Submission.by("u"));
      try {
        looked.add(handoff.await(task, A_WHILE).orElseThrow());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return DEFAULT_PHASE - 1_024;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class FailingRunner {
    static final List<Task> LOOKED = new CopyOnWriteArrayList<>();

    @Bean
    ApplicationRunner fails(Handoff handoff) {
      return _ -> {
        TaskId task = handoff.submit(GREET, "Asha", Submission.by("u"));
        LOOKED.add(handoff.await(task, A_WHILE).orElseThrow());
        throw new IllegalStateException("cannot start");
      };
    }
  }

  private ConfigurableApplicationContext start(Class<?>... configurations) {
    return new SpringApplicationBuilder(configurations)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .run("--handoff.data-dir=" + folder);
  }

  private static void runsATask(ConfigurableApplicationContext context) {
    Handoff handoff = context.getBean(Handoff.class);
    TaskId task = handoff.submit(GREET, "Ben", Submission.by("u"));
    await().atMost(PATIENCE).until(() -> handoff.find(task).orElseThrow().isTerminal());
  }

  @Test
  void aStartThatFailsInARunnerRunsNoTask() {
    FailingRunner.LOOKED.clear();

    assertThatThrownBy(() -> start(Application.class, FailingRunner.class))
        .hasStackTraceContaining("cannot start");

    assertThat(FailingRunner.LOOKED).singleElement().matches(task -> !task.isTerminal());
  }

  @Test
  void nothingIsClaimedOnceTheApplicationBeginsToStop() {
    ConfigurableApplicationContext context = start(Application.class, LastRequest.class);
    runsATask(context);
    LastRequest last = context.getBean(LastRequest.class);

    context.close();

    assertThat(last.looked).hasSize(2).noneMatch(Task::isTerminal);
  }

  @Test
  void aPausedContextClaimsNothingUntilItIsNeededAgain() throws Exception {
    try (ConfigurableApplicationContext context = start(Application.class)) {
      runsATask(context);
      Handoff handoff = context.getBean(Handoff.class);
      context.pause();
      TaskId meanwhile = handoff.submit(GREET, "Asha", Submission.by("u"));
      assertThat(handoff.await(meanwhile, A_WHILE)).get().matches(task -> !task.isTerminal());

      context.restart();

      await().atMost(PATIENCE).until(() -> handoff.find(meanwhile).orElseThrow().isTerminal());
    }
  }

  @Test
  void aContextThatWasStoppedCanBeStartedAgain() {
    try (ConfigurableApplicationContext context = start(Application.class)) {
      runsATask(context);
      context.stop();
      assertThat(context.getBean(Handoff.class).status().attempts()).isZero();

      context.start();

      runsATask(context);
    }
  }

  @Test
  void aContextWithoutASpringApplicationClaimsAtTheEndOfItsStart() {
    new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withPropertyValues("handoff.data-dir=" + folder)
        .run(context -> runsATask(context.getSourceApplicationContext()));
  }
}
