package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.AttemptEntry;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Handler;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Limits;
import dev.handoff.NodeId;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Sharing;
import dev.handoff.SoftLimitException;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskContext;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskHistory;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskSummary;
import dev.handoff.TaskType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/// What a handler can rely on while it runs: the names of its steps, and what it is told when it
/// has to stop. Extend it with a store to run it there.
public abstract class HandlerContract extends SteppedEngineContract {
  private static final TaskType<String, String> WORK = type("work", Policy.DEFAULTS);

  private Task run(TaskType<String, String> type, Handler<String, String> handler) {
    Handoff handoff = engine.startByHand(type, handler);
    TaskId id = handoff.submit(type, "x", BY_ASHA);
    handoff.runDue();
    return engine.task(id);
  }

  @Test
  final void refusesAStepNameThatWasUsedInTheSameAttempt() {
    AtomicReference<Throwable> second = new AtomicReference<>();

    Task task =
        run(
            WORK,
            (request, context) -> {
              String first = context.step("draft", String.class, () -> "first");
              second.set(catchThrowable(() -> context.step("draft", String.class, () -> "second")));
              return Outcome.done(first);
            });

    assertThat(task.state()).isInstanceOf(Completed.class);
    assertThat(second.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'draft'")
        .hasMessageContaining("a name of its own");
  }

  @Test
  final void anOperatorSeesEveryAttempt() {
    TaskType<String, String> patient =
        type(
            "patient", Policy.DEFAULTS.withRetry(RetryPolicy.every(Duration.ofSeconds(1)).upTo(2)));
    AtomicInteger calls = new AtomicInteger();
    Handoff handoff =
        engine.startByHand(
            patient,
            (request, context) -> {
              clock.advance(Duration.ofSeconds(2));
              return switch (calls.incrementAndGet()) {
                case 1 -> Outcome.snooze(Duration.ofSeconds(1), "not yet");
                case 2 ->
                    Outcome.retryAfter(Duration.ofSeconds(1), FailureKind.TIMEOUT, "too slow");
                default -> {
                  context.emit("x");
                  yield Outcome.done("done");
                }
              };
            });
    Instant start = clock.instant();
    TaskId id = handoff.submit(patient, "x", BY_ASHA);
    TaskId waiting =
        handoff.submit(patient, "y", BY_ASHA.startingAt(start.plus(Duration.ofDays(1))));
    for (int i = 0; i < 3; i++) {
      handoff.runDue();
      clock.advance(Duration.ofSeconds(58));
    }
    assertThat(handoff.operations().cancel(waiting, "in vain")).isTrue();

    TaskHistory history = handoff.operations().history(id).orElseThrow();

    assertThat(history.task()).isEqualTo(engine.task(id));
    NodeId node = handoff.status().node();
    assertThat(history.attempts())
        .containsExactly(
            new AttemptEntry(1, node, start, start.plusSeconds(2), null),
            new AttemptEntry(
                1,
                node,
                start.plusSeconds(60),
                start.plusSeconds(62),
                new Failure(FailureKind.TIMEOUT, "too slow")),
            new AttemptEntry(2, node, start.plusSeconds(120), start.plusSeconds(122), null));
    assertThat(handoff.operations().history(waiting).orElseThrow().attempts()).isEmpty();
    assertThat(handoff.operations().tasks(TaskQuery.by("asha"), Optional.empty(), 1))
        .extracting(TaskSummary::id)
        .containsExactly(waiting);
  }

  private List<String> chunks(Task task) {
    return engine.log(task.id()).stream()
        .filter(ChunkEmitted.class::isInstance)
        .map(event -> ((ChunkEmitted) event).text())
        .toList();
  }

  @Test
  final void putsTheHalvesOfACharacterTogether() {
    Task task =
        run(
            WORK,
            (request, context) -> {
              context.emit("Hi \ud83d");
              context.emit("\ude00!");
              context.emit("\ud83d");
              context.emit("x");
              context.emit("\ud83d");
              return Outcome.done("done");
            });

    assertThat(chunks(task)).containsExactly("Hi ", "😀!", "\ufffdx", "\ufffd");
  }

  @Test
  final void takesBackHalfACharacterWithTheOutput() {
    Task task =
        run(
            WORK,
            (request, context) -> {
              context.emit("\ud83d");
              context.resetOutput();
              context.emit("\ude00");
              return Outcome.done("done");
            });

    assertThat(chunks(task)).containsExactly("\ufffd");
  }

  @Test
  final void namesTheAttemptInTheLogContextOfTheThreadWhileItRuns() {
    MDC.put("task", "the caller's own");
    assumeThat(MDC.get("task")).as("a logger with a context is here").isNotNull();
    Map<String, String> seen = new HashMap<>();
    try {
      Task task =
          run(
              WORK,
              (request, context) -> {
                seen.putAll(MDC.getCopyOfContextMap());
                return Outcome.done("done");
              });

      assertThat(seen)
          .containsEntry("task", task.id().toString())
          .containsEntry("type", "work")
          .containsEntry("attempt", "1")
          .containsEntry("owner", BY_ASHA.owner());
      assertThat(MDC.get("task")).isEqualTo("the caller's own");
      assertThat(MDC.get("type")).isNull();
    } finally {
      MDC.remove("task");
    }
  }

  @Test
  final void refusesAStepNameThatIsInUse() {
    Task task =
        run(
            WORK,
            (request, context) ->
                Outcome.done(
                    context.step(
                        "outer",
                        String.class,
                        () -> {
                          assertThatThrownBy(
                                  () -> context.step("outer", String.class, () -> "inner"))
                              .isInstanceOf(IllegalStateException.class);
                          return "outer";
                        })));

    assertThat(task.state()).isInstanceOf(Completed.class);
  }

  @Test
  final void letsAStepBeCalledAgainThatThrew() {
    AtomicInteger calls = new AtomicInteger();

    Task task =
        run(
            WORK,
            (request, context) -> {
              assertThatThrownBy(() ->
                      context.step(
                          "ask",
                          String.class,
                          () -> {
                            calls.incrementAndGet();
                            throw new IllegalArgumentException("busy");
                          }))
                  .hasMessage("busy");
              return Outcome.done(
                  context.step("ask", String.class, () -> "answer " + calls.incrementAndGet()));
            });

    assertThat(calls).hasValue(2);
    assertThat(task.state()).isInstanceOf(Completed.class);
  }

  @Test
  final void remembersTheStepsOfALoopByTheirIndex() {
    TaskType<String, String> again =
        type("again", Policy.DEFAULTS.withRetry(RetryPolicy.every(Duration.ZERO).upTo(2)));
    List<String> made = new ArrayList<>();

    Task task =
        run(
            again,
            (request, context) -> {
              StringBuilder all = new StringBuilder();
              for (int i = 0; i < 3; i++) {
                String part = "part " + i;
                all.append(
                    context.step(
                        part,
                        String.class,
                        () -> {
                          made.add(part);
                          return part + " of attempt " + context.attempt() + ".";
                        }));
                if (i == 1 && context.attempt() == 1) {
                  throw new IllegalStateException("the node has no power");
                }
              }
              return Outcome.done(all.toString());
            });

    assertThat(made).containsExactly("part 0", "part 1", "part 2");
    assertThat(task.result().orElseThrow().text())
        .isEqualTo("part 0 of attempt 1.part 1 of attempt 1.part 2 of attempt 2.");
  }

  private static final TaskType<String, String> SHARED =
      type(
          "shared",
          Policy.DEFAULTS
              .withLimits(Limits.hard(Duration.ofMinutes(1)).withSoft(Duration.ofSeconds(30)))
              .withSharing(Sharing.NONE.caching(Duration.ofHours(1), Sharing.Scope.EVERYONE)));

  @Test
  final void keepsWhatAHandlerSaysIsNotForOthers() {
    AtomicInteger calls = new AtomicInteger();
    Handoff handoff =
        engine.startByHand(
            SHARED,
            (request, context) ->
                calls.incrementAndGet() == 1
                    ? Outcome.uncached("for one only")
                    : Outcome.done("for all"));
    for (String owner : List.of("asha", "ben", "carl")) {
      handoff.submit(SHARED, "x", Submission.by(owner));
      handoff.runDue();
    }

    assertThat(calls).hasValue(2);
  }

  @Test
  final void doesNotGiveAFallbackToOthers() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Handoff handoff =
        engine.start(
            HandoffConfig.defaults(),
            SHARED,
            (request, context) -> {
              if (calls.incrementAndGet() > 1) {
                return Outcome.done("the answer");
              }
              try {
                return Outcome.done(
                    context.beforeSoftLimit(() -> {
                      begun.countDown();
                      new CountDownLatch(1).await();
                      return "never";
                    }));
              } catch (SoftLimitException late) {
                return Outcome.done("a fallback");
              }
            });
    TaskId first = handoff.submit(SHARED, "x", BY_ASHA);
    begun.await();
    clock.advance(Duration.ofSeconds(30));
    assertThat(handoff.result(SHARED, engine.awaitEnd(first))).contains("a fallback");

    Task second = engine.awaitEnd(handoff.submit(SHARED, "x", Submission.by("ben")));
    Task third = engine.awaitEnd(handoff.submit(SHARED, "x", Submission.by("carl")));

    assertThat(handoff.result(SHARED, second)).contains("the answer");
    assertThat(handoff.result(SHARED, third)).contains("the answer");
    assertThat(calls).hasValue(2);
  }

  @Test
  final void tellsFollowersThatOutputIsTakenBack() {
    StringBuilder shown = new StringBuilder();
    Handoff handoff =
        engine.startByHand(
            WORK,
            (request, context) -> {
              context.resetOutput();
              context.emit("x = 5");
              context.emit(", or not");
              context.resetOutput();
              context.resetOutput();
              context.emit("x = 4");
              return Outcome.done("x = 4");
            });
    TaskId id = handoff.submit(WORK, "x?", BY_ASHA);
    handoff.runDue();

    for (TaskEvent event : engine.log(id)) {
      switch (event) {
        case TaskEvent.ChunkEmitted(String text) -> shown.append(text);
        case TaskEvent.OutputReset ignored -> shown.setLength(0);
        default -> {}
      }
    }
    assertThat(shown.toString()).isEqualTo("x = 4");
    assertThat(engine.log(id)).filteredOn(TaskEvent.OutputReset.class::isInstance).hasSize(1);
  }

  /// What a handler was told when it was interrupted.
  private record StopAnswers(boolean stop, boolean cancel) {
    static StopAnswers by(TaskContext context) {
      return new StopAnswers(context.stopRequested(), context.cancelRequested());
    }
  }

  /// Starts a node whose handler waits until it is interrupted.
  private Handoff waiting(
      TaskType<String, String> type, CountDownLatch begun, CompletableFuture<StopAnswers> told) {
    return engine.start(
        HandoffConfig.defaults().withDrain(Duration.ZERO),
        type,
        (request, context) -> {
          assertThat(StopAnswers.by(context)).isEqualTo(new StopAnswers(false, false));
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException stopped) {
            told.complete(StopAnswers.by(context));
          }
          return Outcome.done("too late");
        });
  }

  @Test
  final void tellsAHandBackFromACancellation() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<StopAnswers> told = new CompletableFuture<>();
    Handoff handoff = waiting(WORK, begun, told);
    TaskId id = handoff.submit(WORK, "x", BY_ASHA);
    begun.await();

    handoff.close();

    assertThat(told.get()).isEqualTo(new StopAnswers(true, false));
    assertThat(engine.task(id).state()).isInstanceOf(Queued.class);
  }

  @Test
  final void tellsACancellation() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<StopAnswers> told = new CompletableFuture<>();
    Handoff handoff = waiting(WORK, begun, told);
    TaskId id = handoff.submit(WORK, "x", BY_ASHA);
    begun.await();

    assertThat(handoff.cancel(id, "not wanted")).isTrue();

    assertThat(told.get()).isEqualTo(new StopAnswers(true, true));
  }

  @Test
  final void closesAGateForTheOtherTasksOfItsType() {
    TaskType<String, String> gated = type("gated", Policy.DEFAULTS.through("provider:openai"));
    Handoff handoff =
        engine.startByHand(
            gated,
            (request, context) -> {
              context
                  .gate("provider:openai")
                  .closeUntil(clock.instant().plusSeconds(3), "the provider asks to wait");
              return Outcome.done(request);
            });
    TaskId first = handoff.submit(gated, "x", BY_ASHA);
    handoff.runDue();

    TaskId second = handoff.submit(gated, "x", BY_ASHA.through("customer:7"));
    handoff.runDue();

    assertThat(engine.task(first).isTerminal()).isTrue();
    Task waiting = engine.task(second);
    assertThat(waiting.state()).isInstanceOf(Queued.class);
    assertThat(waiting.activity().attempt()).isZero();
    assertThat(waiting.submission().gates()).containsExactly("customer:7", "provider:openai");
    clock.advance(Duration.ofSeconds(3));
    handoff.runDue();
    assertThat(engine.task(second).isTerminal()).isTrue();
  }

  @Test
  final void refusesATaskWithMoreGatesThanOneMayPass() {
    TaskType<String, String> gated = type("gated", Policy.DEFAULTS.through("a").through("b"));
    Handoff handoff = engine.startByHand(gated, (request, context) -> Outcome.done(request));
    Submission through = BY_ASHA.through(List.of("c", "d", "e"));

    assertThatThrownBy(() -> handoff.submit(gated, "x", through))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 4 gates");
  }

  @Test
  final void tellsALimitFromACancellation() throws Exception {
    TaskType<String, String> limited =
        type("limited", Policy.DEFAULTS.withLimits(Limits.hard(Duration.ofMinutes(1))));
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<StopAnswers> told = new CompletableFuture<>();
    Handoff handoff = waiting(limited, begun, told);
    TaskId id = handoff.submit(limited, "x", BY_ASHA);
    begun.await();

    clock.advance(Duration.ofMinutes(1));

    assertThat(told.get()).isEqualTo(new StopAnswers(true, false));
    await().atMost(PATIENCE).until(() -> !engine.task(id).isTerminal());
  }
}
