package dev.handoff.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.AttemptException;
import dev.handoff.EndListener;
import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
import dev.handoff.FailureKind;
import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.TaskType;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HandoffTest(
    value = HandoffTestTest.Handlers.class,
    properties = "spring.datasource.url=jdbc:postgresql://localhost:1/production")
final class HandoffTestTest {
  private static final TaskType<String, String> GREET =
      TaskType.of("greet", String.class, String.class);
  private static final TaskType<String, String> RARELY =
      TaskType.of("rarely", String.class, String.class);
  private static final TaskType<String, String> NEVER =
      TaskType.of("never", String.class, String.class);

  @Configuration(proxyBeanMethods = false)
  static class Handlers {
    @Bean
    HandledType<String, String> greet() {
      return GREET.handledBy((name, task) -> {
        task.emit("hello ");
        task.emit(name);
        return Outcome.done("hello " + name);
      });
    }

    @Bean
    Told told(Handoff handoff) {
      return new Told(handoff, new CopyOnWriteArrayList<>());
    }

    @Bean
    HandledType<String, String> rarely() {
      return RARELY.handledBy((name, task) ->
          task.attempt() < 3
              ? Outcome.retryAfter(Duration.ofHours(2), FailureKind.UNAVAILABLE, "away")
              : Outcome.done("at last"));
    }

    @Bean
    HandledType<String, String> never() {
      return NEVER.handledBy((_, _) -> {
        throw AttemptException.of(FailureKind.REFUSED, "I will not");
      });
    }
  }

  /// A listener that needs the engine, as an application may have it.
  record Told(Handoff handoff, List<String> all) implements EngineListener, EndListener {
    @Override
    public void on(EngineEvent event) {
      all.add(event.getClass().getSimpleName());
    }

    @Override
    public boolean wants(String type, Submission submission) {
      return type.equals(GREET.name());
    }

    @Override
    public void onEnd(Task task) {
      all.add("end of " + handoff.find(task.id()).orElseThrow().type());
    }
  }

  @Autowired private Told told;
  @Autowired private TaskTester tester;
  @Autowired private TestClock clock;
  @Autowired private Handoff handoff;
  @Autowired private TransactionTemplate transaction;
  @Autowired private JdbcClient sql;
  @Autowired private HandoffProperties settings;

  @Test
  void nothingRunsByItself() {
    TaskId id = tester.submit(GREET, "Asha");
    assertThat(tester.task(id).state()).isInstanceOf(TaskState.Queued.class);

    handoff.runDue();

    assertThat(tester.task(id).state()).isInstanceOf(TaskState.Completed.class);
    assertThat(tester.text(id)).isEqualTo("hello Asha");
    assertThat(tester.events(id)).first().isInstanceOf(TaskEvent.TaskSubmitted.class);
  }

  @Test
  void aTaskIsRunToItsEnd() {
    assertThat(tester.run(GREET, "Ben")).isEqualTo("hello Ben");
    assertThatThrownBy(() -> tester.run(NEVER, "Ben"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("I will not");
  }

  @Test
  void listenersAreToldAsInTheApplication() {
    assertThat(tester.run(GREET, "Ben")).isEqualTo("hello Ben");
    handoff.runDue();

    assertThat(told.all()).contains("NodeStarted", "TasksSubmitted", "end of greet");
  }

  @Test
  void theClockMovesWhereATaskWaits() {
    Instant before = clock.instant();

    assertThat(tester.run(RARELY, "Asha")).isEqualTo("at last");

    assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofHours(4));
  }

  @Test
  void theTestMovesTheClock() {
    TaskId id =
        handoff.submit(
            GREET,
            "later",
            Submission.by("u").startingAt(clock.instant().plus(Duration.ofHours(1))));
    tester.advance(Duration.ofMinutes(59));
    assertThat(tester.task(id).isTerminal()).isFalse();

    tester.advance(Duration.ofMinutes(1));

    assertThat(tester.task(id).isTerminal()).isTrue();
  }

  @Test
  void theStoreIsThrownAwayAndHasTransactions() {
    assertThat(settings.dataDir().resolve("handoff.db")).exists();
    sql.sql("create table if not exists note (task text)").update();
    TaskId id =
        transaction.execute(status -> {
          TaskId submitted = tester.submit(GREET, "nobody");
          sql.sql("insert into note values ('lost')").update();
          status.setRollbackOnly();
          return submitted;
        });

    handoff.runDue();

    assertThat(handoff.find(id)).isEmpty();
    assertThat(sql.sql("select count(*) from note").query(Integer.class).single()).isZero();
  }
}
