package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.AttemptException;
import dev.handoff.Bounds;
import dev.handoff.FailureKind;
import dev.handoff.Handler;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Limits;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Sharing;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Submission;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import dev.handoff.TaskQuery;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The limits that every engine enforces; extend it with a store to run it there.
public abstract class EngineBoundsContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final HandoffConfig DEFAULTS = HandoffConfig.defaults();

  private final TestClock clock = TestClock.atNine();
  private TaskStore store;
  private FailingStore faulty;
  private EngineFixture engine;

  /// A fresh, empty store that tells this time.
  protected abstract TaskStore open(TimeSource clock) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = open(clock);
    faulty = new FailingStore(store);
    engine = new EngineFixture(faulty.store());
  }

  @AfterEach
  final void closeStore() {
    engine.close();
    store.close();
  }

  @Test
  final void aSnoozeOfNothingDoesNotSpin() {
    AtomicInteger calls = new AtomicInteger();
    TaskType<String, String> hasty = type("hasty", Policy.DEFAULTS);
    Handoff handoff =
        engine.startByHand(
            hasty,
            (request, context) ->
                calls.incrementAndGet() < 50
                    ? Outcome.snooze(Duration.ZERO, "now")
                    : Outcome.done("at last"));
    handoff.submit(hasty, "x", BY_ASHA);

    for (int i = 1; i <= 3; i++) {
      handoff.runDue();
      handoff.runDue();
      assertThat(calls).hasValue(i);
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  final void aProviderThatAsksForNoWaitDoesNotSpin() {
    AtomicInteger calls = new AtomicInteger();
    TaskType<String, String> hasty = type("hasty", Policy.DEFAULTS);
    Handoff handoff =
        engine.startByHand(
            hasty,
            (request, context) -> {
              if (calls.incrementAndGet() < 50) {
                throw AttemptException.of(FailureKind.RATE_LIMITED, "busy")
                    .retryAfter(Duration.ofSeconds(-5));
              }
              return Outcome.done("at last");
            });
    handoff.submit(hasty, "x", BY_ASHA);

    handoff.runDue();
    handoff.runDue();

    assertThat(calls).hasValue(1);
  }

  @Test
  final void manyAttemptsDoNotFollowEachOtherAtOnce() {
    AtomicInteger calls = new AtomicInteger();
    RetryPolicy atOnce = RetryPolicy.every(Duration.ZERO).upTo(Integer.MAX_VALUE);
    TaskType<String, String> hasty = type("hasty", Policy.DEFAULTS.withRetry(atOnce));
    Handoff handoff =
        engine.startByHand(
            hasty,
            (request, context) -> {
              if (calls.incrementAndGet() < 100) {
                throw AttemptException.of(FailureKind.UNAVAILABLE, "not there");
              }
              return Outcome.done("at last");
            });
    handoff.submit(hasty, "x", BY_ASHA);

    handoff.runDue();

    assertThat(calls).hasValueLessThan(20);
  }

  @Test
  final void aTaskThatSnoozesForEverEndsAtTheBoundOfItsLog() {
    TaskType<String, String> sleepy = type("sleepy", Policy.DEFAULTS);
    Handoff handoff =
        bounded(10, sleepy, (request, context) -> Outcome.snooze(Duration.ofSeconds(1), "not yet"));
    TaskId id = handoff.submit(sleepy, "x", BY_ASHA);

    for (int i = 0; i < 20; i++) {
      handoff.runDue();
      clock.advance(MINUTE);
    }

    assertThat(engine.task(id).state())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.BAD_OUTPUT));
    assertThat(engine.log(id)).hasSizeLessThanOrEqualTo(12);
  }

  @Test
  final void theBoundOfALogCountsAllAttempts() {
    TaskType<String, String> talks =
        type("talks", Policy.DEFAULTS.withRetry(RetryPolicy.every(MINUTE).upTo(50)));
    Handoff handoff =
        bounded(
            20,
            talks,
            (ignored, context) -> {
              for (int i = 0; i < 6; i++) {
                context.emit("chunk");
              }
              throw AttemptException.of(FailureKind.UNAVAILABLE, "not there");
            });
    TaskId id = handoff.submit(talks, "x", BY_ASHA);

    for (int i = 0; i < 20; i++) {
      handoff.runDue();
      clock.advance(MINUTE);
    }

    assertThat(engine.task(id).state()).isInstanceOf(Failed.class);
    assertThat(engine.log(id)).hasSizeLessThanOrEqualTo(23);
  }

  private Handoff bounded(
      int events, TaskType<String, String> type, Handler<String, String> handler) {
    Bounds all = Bounds.DEFAULTS;
    Bounds bounds = new Bounds(all.request(), all.result(), all.chunk(), events);
    return engine.startByHand(
        DEFAULTS.withBounds(bounds), List.of(type.handledBy(handler)), engine.extensions());
  }

  @Test
  final void aTaskOfNextWeekIsGivenUpAfterItsStart() {
    RetryPolicy aWeek = RetryPolicy.every(MINUTE).givingUpAfter(Duration.ofDays(7));
    TaskType<String, String> later = type("later", Policy.DEFAULTS.withRetry(aWeek));
    Handoff handoff =
        engine.startByHand(
            later,
            (request, context) -> {
              throw AttemptException.of(FailureKind.RATE_LIMITED, "slow down")
                  .retryAfter(Duration.ofHours(1));
            });
    Duration ahead = Duration.ofDays(8);
    TaskId id = handoff.submit(later, "x", BY_ASHA.startingAt(clock.instant().plus(ahead)));
    clock.advance(ahead);

    handoff.runDue();
    assertThat(engine.task(id).state()).isInstanceOf(Queued.class);
    clock.advance(Duration.ofDays(7).minusMinutes(30));
    handoff.runDue();

    assertThat(engine.task(id).state()).isInstanceOf(Failed.class);
  }

  @Test
  final void aNodeThatTakesItsOwnTaskAgainLosesNoSlot() {
    Semaphore goOn = new Semaphore(0);
    Semaphore begun = new Semaphore(0);
    TaskType<String, String> slow = type("slow", Policy.DEFAULTS.withConcurrency(2));
    Handoff handoff =
        engine.start(
            DEFAULTS.withConcurrency(2),
            slow,
            (request, context) -> {
              begun.release();
              goOn.acquire();
              return Outcome.done("done");
            });
    TaskId id = handoff.submit(slow, "x", BY_ASHA);
    Processing first = (Processing) engine.awaitState(id, Processing.class).state();
    begun.acquireUninterruptibly();

    // As if the store's answer to the claim had been lost.
    assertThat(
            store.append(
                first.lease(), List.of(new AttemptSnoozed(clock.instant(), "again")), List.of()))
        .isTrue();
    begun.acquireUninterruptibly();
    await().atMost(PATIENCE).until(() -> handoff.status().attempts() == 1);
    goOn.release();
    engine.awaitEnd(id);
    await().atMost(PATIENCE).until(() -> handoff.status().attempts() == 0);

    handoff.submit(slow, "one", BY_ASHA);
    handoff.submit(slow, "two", BY_ASHA);
    begun.acquireUninterruptibly(2);
    assertThat(handoff.status().attempts()).isEqualTo(2);
    goOn.release(2);
  }

  @Test
  final void handlersThatIgnoreTheirEndAreCountedAndBounded() throws Exception {
    CountDownLatch stubborn = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    TaskType<String, String> deaf =
        type(
            "deaf",
            Policy.DEFAULTS
                .withLimits(Limits.hard(MINUTE))
                .withRetry(RetryPolicy.DEFAULTS.on(Set.of())));
    Handoff handoff =
        engine.start(
            DEFAULTS.withConcurrency(2),
            deaf,
            (request, context) -> {
              begun.incrementAndGet();
              awaitThoughInterrupted(stubborn);
              return Outcome.done("too late");
            });
    for (int i = 0; i < 10; i++) {
      handoff.submit(deaf, "x" + i, BY_ASHA);
    }
    for (int wave = 1; wave <= 2; wave++) {
      int started = 2 * wave;
      await().atMost(PATIENCE).until(() -> begun.get() == started);
      clock.advance(MINUTE);
      await().atMost(PATIENCE).until(() -> handoff.status().abandoned() == started);
    }

    clock.advance(MINUTE);
    assertThat(begun).as("no more than its slots and as many abandoned").hasValue(4);
    stubborn.countDown();
    await().atMost(PATIENCE).until(() -> handoff.status().abandoned() == 0);
    await().atMost(PATIENCE).until(() -> begun.get() == 10);
  }

  @Test
  final void whatAnAttemptReportsIsBoundedInBytesWhileTheStoreIsAway() {
    String chunk = "x".repeat(64 << 10);
    AtomicInteger emitted = new AtomicInteger();
    TaskType<String, String> loud = type("loud", Policy.DEFAULTS);
    faulty.on(
        "append",
        ignored ->
            Optional.of(new StoreUnavailableException("away, for a test", Duration.ofSeconds(1))));
    Handoff handoff =
        engine.start(
            DEFAULTS,
            loud,
            (ignored, context) -> {
              for (int i = 0; i < 300; i++) {
                context.emit(chunk);
                emitted.incrementAndGet();
              }
              return Outcome.done("said");
            });
    TaskId id = handoff.submit(loud, "x", BY_ASHA);

    await().atMost(PATIENCE).until(() -> faulty.calls("append") > 0 && emitted.get() >= 7);
    await()
        .atMost(PATIENCE)
        .until(() -> {
          clock.advance(Duration.ofSeconds(1));
          return faulty.calls("append") > 3;
        });
    assertThat(emitted).hasValueLessThanOrEqualTo(16);
    faulty.heal("append");
    await()
        .atMost(PATIENCE)
        .until(() -> {
          clock.advance(Duration.ofSeconds(1));
          return engine.task(id).isTerminal();
        });

    assertThat(engine.task(id).state()).isInstanceOf(Completed.class);
    assertThat(engine.log(id)).hasSize(303);
  }

  @Test
  final void thoseWithoutATenantShareNothing() {
    Sharing tenants = Sharing.NONE.caching(Duration.ofHours(1), Sharing.Scope.TENANT);
    TaskType<String, String> cached = type("cached", Policy.DEFAULTS.withSharing(tenants));
    AtomicInteger calls = new AtomicInteger();
    Handoff handoff =
        engine.startByHand(
            cached, (request, context) -> Outcome.done("no " + calls.incrementAndGet()));
    List<Submission> by =
        List.of(
            BY_ASHA,
            Submission.by("ben"),
            BY_ASHA,
            Submission.by("carl").inTenant("t"),
            Submission.by("dora").inTenant("t"));

    List<Optional<String>> results =
        by.stream()
            .map(submission -> {
              TaskId id = handoff.submit(cached, "same", submission);
              handoff.runDue();
              return handoff.result(cached, engine.task(id));
            })
            .toList();

    assertThat(results.stream().map(Optional::orElseThrow))
        .containsExactly("no 1", "no 2", "no 1", "no 3", "no 3");
  }

  @Test
  final void theEndsOfTimeAreTimesToo() {
    Duration forEver = ChronoUnit.FOREVER.getDuration();
    Sharing shared = Sharing.joining().caching(forEver, Sharing.Scope.OWNER);
    TaskType<String, String> any =
        type("any", Policy.DEFAULTS.withSharing(shared).withRetention(forEver));
    Handoff handoff = engine.startByHand(any, (request, ignored) -> Outcome.done(request));
    TaskId early = handoff.submit(any, "early", BY_ASHA.startingAt(Instant.MIN));
    TaskId late = handoff.submit(any, "late", BY_ASHA.startingAt(Instant.MAX));
    String odd = "a\ud800" + "b".repeat(100_000) + "\u0000";
    TaskId texts = handoff.submit(any, odd, BY_ASHA);

    handoff.runDue();
    TaskId again = handoff.submit(any, "early", BY_ASHA);

    assertThat(handoff.result(any, engine.task(early))).contains("early");
    assertThat(handoff.result(any, engine.task(again))).contains("early");
    assertThat(handoff.result(any, engine.task(texts))).contains(odd.replace('\ud800', '\ufffd'));
    assertThat(engine.task(late).state()).isInstanceOf(Queued.class);
    assertThat(handoff.cancel(late, odd)).isTrue();
    engine.log(late);
    assertThat(
            handoff.list(
                TaskQuery.by("asha").from(Instant.MIN).until(Instant.MAX), Optional.empty(), 10))
        .hasSize(4);
    handoff
        .followOwner(TaskOwner.of(BY_ASHA), Optional.of(Instant.MIN), (request, context) -> {})
        .close();
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
