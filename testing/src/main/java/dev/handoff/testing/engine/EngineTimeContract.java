package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.AttemptException;
import dev.handoff.Budgets;
import dev.handoff.CancelCode;
import dev.handoff.FailureKind;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Settlement;
import dev.handoff.Sharing;
import dev.handoff.StartPassedException;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskState.Waiting;
import dev.handoff.TaskSummary;
import dev.handoff.TaskType;
import dev.handoff.store.StateCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every engine does when time passes, on a clock that only the test moves: extend it with a
/// store to run it there.
public abstract class EngineTimeContract extends SteppedEngineContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  final void triesAgainExactlyWhenThePolicySays() {
    List<Instant> attempts = new ArrayList<>();
    RetryPolicy everyMinute = RetryPolicy.every(MINUTE).upTo(3);
    TaskType<String, String> flaky = type("flaky", Policy.DEFAULTS.withRetry(everyMinute));
    Handoff handoff =
        engine.startByHand(
            flaky,
            (request, context) -> {
              attempts.add(clock.instant());
              throw AttemptException.of(FailureKind.RATE_LIMITED, "slow down");
            });
    Instant start = clock.instant();
    TaskId id = handoff.submit(flaky, "x", BY_ASHA);

    handoff.runDue();
    Task waiting = engine.task(id);
    clock.advance(Duration.ofSeconds(59));
    handoff.runDue();
    clock.advance(Duration.ofSeconds(1));
    handoff.runDue();
    clock.advance(MINUTE);
    handoff.runDue();

    assertThat(waiting.state())
        .as("a retry is never visible as failed")
        .isInstanceOfSatisfying(
            Queued.class,
            queued -> {
              assertThat(queued.dueAt()).isEqualTo(start.plus(MINUTE));
              assertThat(queued.waiting()).isInstanceOf(Waiting.ForRetry.class);
            });
    assertThat(attempts)
        .containsExactly(start, start.plus(MINUTE), start.plus(MINUTE.multipliedBy(2)));
    assertThat(engine.task(id).state()).isInstanceOf(Failed.class);
    engine.log(id);
  }

  @Test
  final void aRetryAfterOfTheProviderWinsAndCostsNoAttempt() {
    List<Integer> attempts = new ArrayList<>();
    TaskType<String, String> limited =
        type(
            "limited",
            Policy.DEFAULTS.withRetry(
                RetryPolicy.every(MINUTE).upTo(2).on(Set.of(FailureKind.RATE_LIMITED))));
    Handoff handoff =
        engine.startByHand(
            limited,
            (ignored, context) -> {
              attempts.add(context.attempt());
              if (attempts.size() <= 5) {
                throw AttemptException.of(FailureKind.RATE_LIMITED, "busy")
                    .retryAfter(Duration.ofSeconds(7));
              }
              return Outcome.done("at last");
            });
    TaskId id = handoff.submit(limited, "x", BY_ASHA);

    handoff.runDue();
    for (int i = 0; i < 5; i++) {
      assertThat(engine.task(id).state())
          .isInstanceOfSatisfying(
              Queued.class,
              queued -> assertThat(queued.waiting()).isEqualTo(new Waiting.Snoozed("busy")));
      clock.advance(Duration.ofSeconds(7));
      handoff.runDue();
    }

    assertThat(engine.task(id).state()).isInstanceOf(Completed.class);
    assertThat(attempts).containsOnly(1).hasSize(6);
  }

  @Test
  final void aTaskThatOnlySnoozesEndsAtTheAgeItsPolicyAllows() {
    TaskType<String, String> sleepy =
        type(
            "sleepy",
            Policy.DEFAULTS.withRetry(RetryPolicy.DEFAULTS.givingUpAfter(Duration.ofHours(1))));
    Handoff handoff =
        engine.startByHand(
            sleepy, (request, context) -> Outcome.snooze(Duration.ofMinutes(25), "not yet"));
    TaskId id = handoff.submit(sleepy, "x", BY_ASHA);

    for (int i = 0; i < 3; i++) {
      handoff.runDue();
      clock.advance(Duration.ofMinutes(25));
    }

    assertThat(engine.task(id).state()).isInstanceOf(Failed.class);
  }

  @Test
  final void aRetryByHandBeginsThePolicyAnew() {
    List<Integer> attempts = new ArrayList<>();
    RetryPolicy policy = RetryPolicy.exponential(MINUTE).upTo(2).givingUpAfter(Duration.ofHours(1));
    TaskType<String, String> flaky = type("flaky", Policy.DEFAULTS.withRetry(policy));
    Handoff handoff =
        engine.startByHand(
            flaky,
            (ignored, context) -> {
              attempts.add(context.attempt());
              throw AttemptException.of(FailureKind.UNAVAILABLE, "not there");
            });
    TaskId id = handoff.submit(flaky, "x", BY_ASHA);
    handoff.runDue();
    clock.advance(MINUTE);
    handoff.runDue();
    assertThat(engine.task(id).state()).isInstanceOf(Failed.class);
    // Too old for another attempt, had nobody asked for it.
    clock.advance(Duration.ofHours(2));

    assertThat(handoff.retry(id)).isTrue();
    handoff.runDue();

    assertThat(engine.task(id).state())
        .isInstanceOfSatisfying(
            Queued.class,
            queued ->
                assertThat(queued.dueAt())
                    .as("the first wait of the policy, up to its jitter")
                    .isBetween(clock.instant().plusSeconds(54), clock.instant().plus(MINUTE)));
    clock.advance(MINUTE);
    handoff.runDue();
    assertThat(engine.task(id).state()).isInstanceOf(Failed.class);
    assertThat(attempts).containsExactly(1, 2, 3, 4);
    assertThat(engine.task(id).activity().maxAttempts()).isEqualTo(4);
    engine.log(id);
  }

  @Test
  final void listsTasksNewestFirst() {
    TaskType<String, String> work = type("work", Policy.DEFAULTS);
    Handoff handoff = engine.startByHand(work, (request, context) -> Outcome.done(""));
    TaskId first = handoff.submit(work, "one", BY_ASHA);
    TaskId second = handoff.submit(work, "two", BY_ASHA);
    var ignored = handoff.submit(work, "other", Submission.by("ben"));
    TaskQuery ashas = TaskQuery.by(BY_ASHA.owner());

    assertThat(handoff.list(ashas, Optional.empty(), 10))
        .extracting(TaskSummary::id)
        .containsExactly(second, first);
    assertThat(handoff.list(ashas, Optional.of(second), 10))
        .extracting(TaskSummary::id)
        .containsExactly(first);
    assertThatThrownBy(() -> handoff.list(ashas, Optional.empty(), 201))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  final void startsNotBeforeItsTime() {
    TaskType<String, String> later = type("later", Policy.DEFAULTS);
    Handoff handoff = engine.startByHand(later, (request, context) -> Outcome.done(""));
    TaskId id = handoff.submit(later, "x", BY_ASHA.startingAt(clock.instant().plus(MINUTE)));

    handoff.runDue();
    assertThat(engine.task(id).state()).isInstanceOf(Queued.class);
    clock.advance(MINUTE);
    handoff.runDue();

    assertThat(engine.task(id).state()).isInstanceOf(Completed.class);
  }

  @Test
  final void cancelsWhatDidNotStartInTime() {
    TaskType<String, String> brief = type("brief-wait", Policy.DEFAULTS);
    Handoff handoff = engine.startByHand(brief, (request, context) -> Outcome.done(""));
    Instant until = clock.instant().plus(MINUTE);
    TaskId late = handoff.submit(brief, "x", BY_ASHA.startingBefore(until));
    TaskId early = handoff.submit(brief, "y", BY_ASHA.startingBefore(until.plusMillis(1)));

    clock.advance(MINUTE);
    handoff.runDue();

    assertThat(engine.task(late).state())
        .isInstanceOfSatisfying(
            Cancelled.class, it -> assertThat(it.code()).isEqualTo(CancelCode.TOO_LATE));
    assertThat(engine.task(early).state()).isInstanceOf(Completed.class);
    assertThatThrownBy(() -> handoff.submit(brief, "z", BY_ASHA.startingBefore(until)))
        .isInstanceOf(StartPassedException.class);
    assertThat(store.counts()).extracting(StateCount::count).containsExactlyInAnyOrder(1L, 1L);
  }

  @Test
  final void aSleepingNodeCancelsWhatDidNotStartInTime() {
    TaskType<String, String> brief = type("brief-wait", Policy.DEFAULTS);
    Handoff handoff =
        engine.start(HandoffConfig.defaults(), brief, (request, context) -> Outcome.done(""));
    Instant until = clock.instant().plusSeconds(5);
    TaskId late =
        handoff.submit(brief, "x", BY_ASHA.startingAt(until.minusMillis(1)).startingBefore(until));

    clock.advance(Duration.ofSeconds(5));

    assertThat(engine.awaitEnd(late).state()).isInstanceOf(Cancelled.class);
  }

  @Test
  final void runsTheLastOfManySubmitsThatReplaceEachOther() {
    TaskType<String, String> saved =
        type("saved", Policy.DEFAULTS.withSharing(Sharing.replacing()))
            .identifiedBy(request -> Optional.of(request.substring(0, 1)));
    List<String> ran = new ArrayList<>();
    Handoff handoff =
        engine.startByHand(
            saved,
            (request, context) -> {
              ran.add(request);
              return Outcome.done(request);
            });
    List<TaskId> submitted = new ArrayList<>();
    for (String request : List.of("a1", "a2", "b1", "a3")) {
      submitted.add(
          handoff.submit(saved, request, BY_ASHA.startingAt(clock.instant().plusSeconds(5))));
      clock.advance(Duration.ofSeconds(1));
      handoff.runDue();
    }
    TaskId others = handoff.submit(saved, "a4", Submission.by("ben"));

    clock.advance(Duration.ofSeconds(5));
    handoff.runDue();

    assertThat(ran).containsExactlyInAnyOrder("b1", "a3", "a4");
    assertThat(engine.task(submitted.get(1)).state())
        .isInstanceOfSatisfying(
            Cancelled.class,
            it -> {
              assertThat(it.code()).isEqualTo(CancelCode.REPLACED);
              assertThat(it.reason()).contains(submitted.get(3).toString());
            });
    assertThat(engine.task(others).state()).isInstanceOf(Completed.class);
  }

  @Test
  final void aSleepingDispatcherWakesWhenATaskBecomesDue() {
    TaskType<String, String> later = type("later", Policy.DEFAULTS);
    Handoff handoff =
        engine.start(HandoffConfig.defaults(), later, (request, context) -> Outcome.done(""));
    TaskId id = handoff.submit(later, "x", BY_ASHA.startingAt(clock.instant().plusSeconds(5)));

    // Less than a lease: a node whose time jumps over its lease loses it for a round.
    clock.advance(Duration.ofSeconds(5));

    assertThat(engine.awaitEnd(id).state()).isInstanceOf(Completed.class);
  }

  @Test
  final void afterItsRetentionATaskIsUnknownAndDeleted() {
    TaskType<String, String> brief =
        type("brief", Policy.DEFAULTS.withRetention(Duration.ofHours(1)));
    Handoff handoff = engine.startByHand(brief, (request, context) -> Outcome.done(""));
    TaskId id = handoff.submit(brief, "x", BY_ASHA);
    handoff.runDue();

    clock.advance(Duration.ofMinutes(59));
    assertThat(handoff.find(id)).isPresent();
    clock.advance(MINUTE);

    assertThat(handoff.find(id)).isEmpty();
    assertThat(handoff.events(id, 0, 10)).isEmpty();
    assertThat(handoff.cancel(id, "x")).isFalse();
    handoff.runDue();
    assertThat(store.counts()).isEmpty();
  }

  /// Wherever the dispatcher is in its round when the time comes.
  @Test
  final void findsWhatBecomesDueWhileItLooks() throws Exception {
    TaskType<String, String> plain = type("plain", Policy.DEFAULTS);
    Handoff handoff =
        engine.start(HandoffConfig.defaults(), plain, (request, ignored) -> Outcome.done(request));
    for (int looks = 1; looks <= 30; looks++) {
      TaskId later = handoff.submit(plain, "x", BY_ASHA.startingAt(clock.instant().plusSeconds(1)));
      clock.leapAfter(looks, Duration.ofSeconds(1));
      engine.awaitEnd(handoff.submit(plain, "x", BY_ASHA));
      clock.leapNow();

      assertThat(engine.awaitEnd(later).state()).isInstanceOf(Completed.class);
    }
  }

  @Test
  final void givesOutACachedResultWhileItIsFresh() {
    TaskType<String, String> cached =
        type(
            "cached",
            Policy.DEFAULTS.withSharing(
                Sharing.NONE.caching(Duration.ofHours(1), Sharing.Scope.EVERYONE)));
    List<String> ran = new ArrayList<>();
    Handoff handoff =
        engine.startByHand(
            cached,
            (request, ignored) -> {
              ran.add(request);
              return Outcome.done("answer " + ran.size());
            });
    TaskId first = handoff.submit(cached, "q", BY_ASHA);
    handoff.runDue();

    TaskId second = handoff.submit(cached, "q", Submission.by("ben"));
    Task fresh = engine.task(second);
    clock.advance(Duration.ofHours(2));
    TaskId third = handoff.submit(cached, "q", BY_ASHA);

    assertThat(second).isNotEqualTo(first);
    assertThat(handoff.result(cached, fresh)).contains("answer 1");
    assertThat(fresh.submission().owner()).isEqualTo("ben");
    assertThat(engine.task(third).state()).isInstanceOf(Queued.class);
    assertThat(ran).hasSize(1);
  }

  @Test
  final void holdsABudgetOverItsAttemptsAndTakesWhatItUsedAtTheEnd() {
    List<Budgets.Balance> seen = new ArrayList<>();
    TaskType<String, String> paid =
        type("paid", Policy.DEFAULTS.withRetry(RetryPolicy.every(MINUTE).upTo(2)));
    Handoff handoff =
        engine.startByHand(
            paid,
            (ignored, context) -> {
              context.reserve("tokens", 700);
              seen.add(store.budgets().balance("tokens").orElseThrow());
              if (context.attempt() == 1) {
                throw new IllegalStateException("no luck");
              }
              return Outcome.done("answer", new Settlement("tokens", 450, "a chat"));
            });
    handoff.budgets().add("tokens", 1_000, "order-1");
    TaskId id = handoff.submit(paid, "q", BY_ASHA);

    handoff.runDue();
    assertThat(handoff.budgets().balance("tokens")).contains(new Budgets.Balance(1_000, 700));
    clock.advance(MINUTE);
    handoff.runDue();

    assertThat(engine.task(id).state()).isInstanceOf(Completed.class);
    assertThat(seen).containsOnly(new Budgets.Balance(1_000, 700)).hasSize(2);
    assertThat(handoff.budgets().balance("tokens")).contains(new Budgets.Balance(550, 0));
  }

  @Test
  final void failsWithAQuotaWhenItsBudgetIsUsedUpAndItsHandlerSaysNoMore() {
    TaskType<String, String> paid =
        type("paid", Policy.DEFAULTS.withRetry(RetryPolicy.every(MINUTE).upTo(1)));
    Handoff handoff =
        engine.startByHand(
            paid,
            (ignored, context) -> {
              context.reserve("tokens", 700);
              return Outcome.done("answer");
            });
    TaskId id = handoff.submit(paid, "q", BY_ASHA);

    handoff.runDue();

    assertThat(engine.task(id).state())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.QUOTA_EXCEEDED));
  }
}
