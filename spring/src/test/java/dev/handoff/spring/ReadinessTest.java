package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.EndListener;
import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// When the handlers of an application run: after all of it has started, and as long as it lives.
final class ReadinessTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class);
  private static final String KEEP_ALIVE = "handoff-keep-alive";

  @TempDir private Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
  static class Application {
    @Bean
    Greetings greetings(Handoff handoff) {
      return new Greetings(handoff);
    }

    @Bean
    HandledType<String, String> greet(Greetings greetings) {
      return GREET.handledBy((name, task) -> Outcome.done(greetings.greet(name)));
    }

    @Bean
    Heard heard(Greetings greetings) {
      return new Heard(greetings);
    }

    @Bean
    Ready ready(Greetings greetings) {
      return new Ready(greetings);
    }
  }

  /// A service that submits tasks, and that their handler uses.
  static final class Greetings {
    private final Handoff handoff;
    final AtomicBoolean ready = new AtomicBoolean();
    final AtomicBoolean failing = new AtomicBoolean();
    final List<String> early = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();

    Greetings(Handoff handoff) {
      this.handoff = handoff;
    }

    TaskId submit(String name) {
      return handoff.submit(GREET, name, Submission.by("u"));
    }

    String greet(String name) {
      if (!ready.get()) {
        early.add(name);
      }
      return "hello " + name;
    }
  }

  /// Listeners that need the engine, too.
  record Heard(Greetings greetings) implements EngineListener, EndListener {
    @Override
    public void on(EngineEvent event) {
      greetings.told.add(event.getClass().getSimpleName());
    }

    @Override
    public boolean wants(String type, Submission submission) {
      return type.equals(GREET.name());
    }

    @Override
    public void onEnd(Task task) {
      greetings.told.add("end of " + task.type());
    }
  }

  /// Something of the application that starts late, as its web server does.
  static final class Ready implements SmartLifecycle {
    private static final AtomicBoolean FAILS = new AtomicBoolean();
    private static final List<String> SEEN_BEFORE = new CopyOnWriteArrayList<>();
    private final Greetings greetings;

    Ready(Greetings greetings) {
      this.greetings = greetings;
    }

    @Override
    public void start() {
      SEEN_BEFORE.addAll(greetings.told);
      SEEN_BEFORE.addAll(greetings.early);
      if (FAILS.get()) {
        throw new IllegalStateException("the port is taken");
      }
      greetings.ready.set(true);
    }

    @Override
    public void stop() {
      greetings.ready.set(false);
    }

    @Override
    public boolean isRunning() {
      return greetings.ready.get();
    }

    @Override
    public int getPhase() {
      return DEFAULT_PHASE - 1;
    }
  }

  private ConfigurableApplicationContext start(String... settings) {
    String[] all = new String[settings.length + 1];
    System.arraycopy(settings, 0, all, 0, settings.length);
    all[settings.length] = "--handoff.data-dir=" + folder;
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .run(all);
  }

  @Test
  void handlersAndListenersMayUseWhatSubmitsTasks() {
    try (ConfigurableApplicationContext context = start()) {
      Greetings greetings = context.getBean(Greetings.class);
      TaskId task = greetings.submit("Asha");

      await().until(() -> greetings.told.contains("end of greet"));
      assertThat(context.getBean(Handoff.class).find(task).orElseThrow().isTerminal()).isTrue();
      assertThat(greetings.told).contains("NodeStarted", "TasksSubmitted");
      assertThat(greetings.early).isEmpty();
    }
  }

  @Test
  void aStartThatFailsRunsNoHandler() {
    TaskId task;
    try (ConfigurableApplicationContext context = start("--handoff.role=api")) {
      task = context.getBean(Greetings.class).submit("Ben");
    }
    Ready.SEEN_BEFORE.clear();
    Ready.FAILS.set(true);
    try {
      assertThatThrownBy(this::start).hasRootCauseMessage("the port is taken");
    } finally {
      Ready.FAILS.set(false);
    }
    // The engine tells of its start when it begins to claim.
    assertThat(Ready.SEEN_BEFORE).doesNotContain("NodeStarted", "Ben");
    try (ConfigurableApplicationContext context = start()) {
      Handoff handoff = context.getBean(Handoff.class);
      await().until(() -> handoff.find(task).orElseThrow().isTerminal());
      assertThat(handoff.find(task).orElseThrow().activity().attempt()).isEqualTo(1);
    }
  }

  @Test
  void aWorkerWithoutWebServerStaysAliveUntilItIsStopped() throws InterruptedException {
    Thread alive;
    try (ConfigurableApplicationContext context = start()) {
      assertThat(context.isActive()).isTrue();
      alive = Objects.requireNonNull(keepAlive());
      assertThat(alive.isDaemon()).isFalse();
    }
    alive.join();
    try (ConfigurableApplicationContext context = start("--handoff.worker.keep-alive=false")) {
      assertThat(context.isActive()).isTrue();
      assertThat(keepAlive()).isNull();
    }
    try (ConfigurableApplicationContext context = start("--handoff.role=api")) {
      assertThat(context.isActive()).isTrue();
      assertThat(keepAlive()).isNull();
    }
  }

  private static @Nullable Thread keepAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(KEEP_ALIVE))
        .findFirst()
        .orElse(null);
  }
}
