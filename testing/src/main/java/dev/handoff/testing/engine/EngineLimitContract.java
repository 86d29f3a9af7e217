package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.FailureKind;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Limits;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.SoftLimitException;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What every engine does with an attempt that takes longer than its limits, on a clock that only
/// the test moves: extend it with a store to run it there.
public abstract class EngineLimitContract extends SteppedEngineContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  final void atTheSoftLimitTheHandlerCanStillWriteAFallback() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    TaskType<String, String> patient =
        type(
            "patient",
            Policy.DEFAULTS.withLimits(Limits.hard(MINUTE).withSoft(Duration.ofSeconds(30))));
    Handoff handoff =
        engine.start(
            HandoffConfig.defaults(),
            patient,
            (ignored, context) -> {
              try {
                return context.beforeSoftLimit(() -> {
                  begun.countDown();
                  never.await();
                  return Outcome.done("whole");
                });
              } catch (SoftLimitException e) {
                context.emit("after the interrupt");
                return Outcome.done("fallback");
              }
            });
    TaskId id = handoff.submit(patient, "x", BY_ASHA);
    begun.await();

    clock.advance(Duration.ofSeconds(30));

    assertThat(handoff.result(patient, engine.awaitEnd(id))).contains("fallback");
  }

  /// As in a process that was suspended: the handler may go on before whatever watches the limit.
  @Test
  final void aResultAfterTheHardLimitDoesNotCount() {
    TaskType<String, String> bounded =
        type(
            "bounded",
            Policy.DEFAULTS
                .withLimits(Limits.hard(MINUTE))
                .withRetry(RetryPolicy.DEFAULTS.on(Set.of())));
    Handoff handoff =
        engine.start(
            HandoffConfig.defaults().withConcurrency(1),
            bounded,
            (ignored, context) -> {
              clock.advance(MINUTE);
              return Outcome.done("too late");
            });

    for (int i = 0; i < 20; i++) {
      Task ended = engine.awaitEnd(handoff.submit(bounded, "x" + i, BY_ASHA));

      assertThat(ended.state())
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.TIMEOUT));
    }
  }

  @Test
  final void theHardLimitInterruptsFreesTheSlotAndRefusesLateWrites() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stubborn = new CountDownLatch(1);
    AtomicBoolean late = new AtomicBoolean();
    TaskType<String, String> bounded =
        type(
            "bounded",
            Policy.DEFAULTS
                .withLimits(Limits.hard(MINUTE))
                .withRetry(RetryPolicy.DEFAULTS.on(Set.of())));
    Handoff handoff =
        engine.start(
            HandoffConfig.defaults().withConcurrency(1),
            bounded,
            (request, context) -> {
              if (request.equals("next")) {
                return Outcome.done("next");
              }
              begun.countDown();
              awaitThoughInterrupted(stubborn);
              context.emit("late");
              late.set(true);
              return Outcome.done("too late");
            });
    TaskId stuck = handoff.submit(bounded, "stuck", BY_ASHA);
    begun.await();
    TaskId next = handoff.submit(bounded, "next", BY_ASHA);

    clock.advance(MINUTE);
    Task ended = engine.awaitEnd(stuck);
    Task followed = engine.awaitEnd(next);
    stubborn.countDown();
    await().atMost(PATIENCE).untilTrue(late);

    assertThat(ended.state())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
              assertThat(failed.failure().message()).contains("60 seconds");
            });
    assertThat(followed.state()).isInstanceOf(Completed.class);
    assertThat(engine.task(stuck)).isEqualTo(ended);
  }

  @Test
  final void aHandlerThatGoesOnEmittingIsNotStoppedBeforeItsSilence() throws Exception {
    Semaphore turn = new Semaphore(0);
    CountDownLatch never = new CountDownLatch(1);
    TaskType<String, String> told =
        type(
            "told",
            Policy.DEFAULTS
                .withLimits(Limits.hard(MINUTE.multipliedBy(10)).withSilence(MINUTE))
                .withRetry(RetryPolicy.DEFAULTS.on(Set.of())));
    Handoff handoff =
        engine.start(
            HandoffConfig.defaults(),
            told,
            (ignored, context) -> {
              for (int piece = 1; piece <= 3; piece++) {
                turn.acquire();
                context.emit("piece " + piece);
              }
              never.await();
              return Outcome.done("never");
            });
    TaskId id = handoff.submit(told, "x", BY_ASHA);

    for (int piece = 1; piece <= 3; piece++) {
      clock.advance(Duration.ofSeconds(45));
      turn.release();
      int events = piece;
      await().atMost(PATIENCE).until(() -> chunksOf(handoff, id) == events);
    }
    clock.advance(Duration.ofSeconds(59));
    assertThat(engine.task(id).state()).isInstanceOf(Processing.class);
    clock.advance(Duration.ofSeconds(1));

    assertThat(engine.awaitEnd(id).state())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
              assertThat(failed.failure().message()).contains("Nothing came for 60 seconds");
            });
    assertThat(chunksOf(handoff, id)).isEqualTo(3);
  }

  private static long chunksOf(Handoff handoff, TaskId id) {
    return handoff.events(id, 0, 100).stream()
        .filter(event -> event.event() instanceof TaskEvent.ChunkEmitted)
        .count();
  }

  private static void awaitThoughInterrupted(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException ignoredOnPurpose) {
        // This handler does not care.
      }
    }
  }
}
