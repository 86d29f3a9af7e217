package dev.handoff.engine;

import dev.handoff.AttemptException;
import dev.handoff.BudgetExceededException;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Limits;
import dev.handoff.PayloadTooLargeException;
import dev.handoff.RetryPolicy;
import dev.handoff.SoftLimitException;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.Times;
import dev.handoff.store.Claim;
import dev.handoff.store.Claim.RetryRound;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Decides which event ends an attempt that did not complete. Without side effects: equal arguments
/// give equal decisions, apart from the jitter.
record FailureDecision(AttemptFacts facts, RetryPolicy retry, Instant now, RandomGenerator random) {
  /// What is known of the attempt: its number, from where its policy counts, how many events the
  /// task's log has, and whether it is so long that nothing but an end is added to it.
  record AttemptFacts(int attempt, RetryRound round, long events, boolean logFull) {}

  /// The shortest time after which a task is taken up again that costs no attempt.
  static final Duration SHORTEST_SNOOZE = Duration.ofSeconds(1);

  /// So many attempts of a round may follow each other at once where the policy says so.
  private static final int AT_ONCE = 10;

  private static final Duration LONGEST_UNREADABLE = Duration.ofMinutes(5);

  private static final int MOST_DOUBLINGS = 9;

  private static final Failure LOG_FULL =
      new Failure(
          FailureKind.BAD_OUTPUT,
          "The work was stopped because it was taken up or reported too often.");

  private static final Failure UNEXPLAINED =
      new Failure(
          FailureKind.ERROR,
          "The work stopped because of an unexpected error. Please try again later.");

  private static final Duration PLAIN_DELAY = Duration.ofMinutes(1);

  /// For this attempt. How often the task may be tried was said by the policy at its submit, and is
  /// stored with it, so that every node counts alike; how long to wait is said by the policy as it
  /// is now.
  static FailureDecision of(Claim claim, RetryPolicy policy, Instant now, EngineParts parts) {
    int granted = Math.max(1, claim.maxAttempts() - claim.round().attemptsBefore());
    boolean logFull = claim.lastEvent() >= parts.config().bounds().eventsPerTask();
    AttemptFacts facts =
        new AttemptFacts(claim.attempt(), claim.round(), claim.lastEvent(), logFull);
    return new FailureDecision(facts, policy.upTo(granted), now, parts.random());
  }

  /// The failure of an attempt of which nothing else could be decided.
  static TaskEvent plain(Claim claim) {
    return claim.attempt() >= claim.maxAttempts()
        ? new TaskFailed(UNEXPLAINED)
        : new AttemptFailed(
            claim.attempt(), UNEXPLAINED, Times.plus(claim.claimedAt(), PLAIN_DELAY));
  }

  /// After the handler threw this.
  TaskEvent thrown(Throwable thrown) {
    return switch (thrown) {
      case AttemptException e when e.retryAfter().isPresent() && retry.on().contains(e.kind()) ->
          snooze(e.retryAfter().get(), e.message(), e.kind());
      case UnreadableException e -> unreadable(e);
      case AttemptException e -> failed(new Failure(e.kind(), e.message()));
      // Tried again where the policy says so for a quota: others may give units back.
      case BudgetExceededException ignored ->
          failed(new Failure(FailureKind.QUOTA_EXCEEDED, "The budget for this work is used up."));
      case SoftLimitException ignored ->
          failed(new Failure(FailureKind.TIMEOUT, "The work took longer than its limit."));
      case PayloadTooLargeException ignored ->
          failed(new Failure(FailureKind.BAD_OUTPUT, "The result is too large to be kept."));
      default -> failed(UNEXPLAINED);
    };
  }

  TaskEvent timedOut(Limits limits) {
    return failed(
        new Failure(
            FailureKind.TIMEOUT,
            "The attempt took longer than its limit of "
                + inWords(limits.hard())
                + " and was stopped."));
  }

  TaskEvent silent(Limits limits) {
    return failed(
        new Failure(
            FailureKind.TIMEOUT,
            "Nothing came for "
                + inWords(limits.longestSilence().orElseThrow())
                + ", so the attempt was stopped."));
  }

  /// After a failure whose wait the policy chooses.
  TaskEvent failed(Failure failure) {
    return retry
        .delayAfter(attemptOfRound(), failure.kind(), random)
        .map(delay -> failed(failure, delay))
        .orElseGet(() -> new TaskFailed(failure));
  }

  /// After a failure whose wait the handler chose.
  TaskEvent failed(Failure failure, Duration delay) {
    if (attemptOfRound() >= retry.maxAttempts() || tooOld(delay) || facts.logFull()) {
      return new TaskFailed(failure);
    }
    Duration shortest = attemptOfRound() < AT_ONCE ? Duration.ZERO : SHORTEST_SNOOZE;
    return new AttemptFailed(facts.attempt(), failure, Times.plus(now, longer(delay, shortest)));
  }

  TaskEvent snooze(Duration delay, String message, FailureKind otherwise) {
    if (tooOld(delay)) {
      return new TaskFailed(new Failure(otherwise, message));
    }
    if (facts.logFull()) {
      return new TaskFailed(LOG_FULL);
    }
    return new AttemptSnoozed(Times.plus(now, longer(delay, SHORTEST_SNOOZE)), message);
  }

  // Soon at first, for a node of the other version may be there, and seldom in the end: a second
  // for a task that has not put out anything, however old it is, and twice as long whenever the log
  // has grown by two starts and two snoozes; never longer than half of its age. A long log makes it
  // wait longer, at most five minutes.
  private TaskEvent unreadable(UnreadableException unreadable) {
    long doublings = Math.clamp((facts.events() - 2) / 4, 0, MOST_DOUBLINGS);
    Duration half = Duration.between(facts.round().since(), now).dividedBy(2);
    Duration wait =
        shorter(LONGEST_UNREADABLE, shorter(half, SHORTEST_SNOOZE.multipliedBy(1L << doublings)));
    return tooOld(wait) || facts.logFull()
        ? new TaskFailed(new Failure(FailureKind.UNREADABLE, unreadable.ended()))
        : snooze(wait, unreadable.waiting(), FailureKind.UNREADABLE);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  // A retry by hand grants the policy anew: its attempts, its waits and its time.
  private int attemptOfRound() {
    return facts.attempt() - facts.round().attemptsBefore();
  }

  private boolean tooOld(Duration delay) {
    return Times.plus(now, delay).isAfter(Times.plus(facts.round().since(), retry.giveUpAfter()));
  }

  private static String inWords(Duration limit) {
    return Times.bounded(limit).toMillis() % 1000 == 0
        ? limit.toSeconds() + (limit.toSeconds() == 1 ? " second" : " seconds")
        : Times.bounded(limit).toMillis() + " milliseconds";
  }
}
