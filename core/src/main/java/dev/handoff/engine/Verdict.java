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
import dev.handoff.store.Claim.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Decides how an attempt that did not complete goes on. Pure: the same facts give the same
/// verdict, up to the jitter.
record Verdict(RetryPolicy retry, int attempt, Round round, Instant now, RandomGenerator random) {
  private static final String UNEXPLAINED =
      "The work stopped because of an unexpected error. Please try again later.";

  /// After the handler threw this.
  TaskEvent thrown(Throwable thrown) {
    return switch (thrown) {
      case AttemptException e when e.retryAfter().isPresent() && retry.on().contains(e.kind()) ->
          snooze(e.retryAfter().get(), e.message(), e.kind());
      case AttemptException e -> failed(new Failure(e.kind(), e.message()));
      // Tried again where the policy says so for a quota: others may give units back.
      case BudgetExceededException _ ->
          failed(new Failure(FailureKind.QUOTA_EXCEEDED, "The budget for this work is used up."));
      case SoftLimitException _ ->
          failed(new Failure(FailureKind.TIMEOUT, "The work took longer than its limit."));
      case PayloadTooLargeException _ ->
          failed(new Failure(FailureKind.BAD_OUTPUT, "The result is too large to be kept."));
      default -> failed(new Failure(FailureKind.ERROR, UNEXPLAINED));
    };
  }

  /// After the hard limit.
  TaskEvent timedOut(Limits limits) {
    return failed(
        new Failure(
            FailureKind.TIMEOUT,
            "The attempt took longer than its limit of "
                + inWords(limits.hard())
                + " and was stopped."));
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
    if (attemptOfRound() >= retry.maxAttempts() || tooOld(delay)) {
      return new TaskFailed(failure);
    }
    return new AttemptFailed(attempt, failure, now.plus(delay));
  }

  /// After a snooze.
  TaskEvent snooze(Duration delay, String message, FailureKind otherwise) {
    if (tooOld(delay)) {
      return new TaskFailed(new Failure(otherwise, message));
    }
    return new AttemptSnoozed(now.plus(delay), message);
  }

  // A retry by hand grants the policy anew: its attempts, its waits and its time.
  private int attemptOfRound() {
    return attempt - round.attemptsBefore();
  }

  private boolean tooOld(Duration delay) {
    return now.plus(delay).isAfter(round.since().plus(retry.giveUpAfter()));
  }

  private static String inWords(Duration limit) {
    return limit.toMillis() % 1000 == 0
        ? limit.toSeconds() + (limit.toSeconds() == 1 ? " second" : " seconds")
        : limit.toMillis() + " milliseconds";
  }
}
