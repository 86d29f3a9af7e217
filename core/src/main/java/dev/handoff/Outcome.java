package dev.handoff;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The result of a handler. A thrown exception is always a failed attempt; every other decision of
/// a handler is one of these values.
public sealed interface Outcome<R> {
  /// The task is completed with this result; the effects, a [Settlement] among them, commit
  /// together with it, or not at all. A result of null is refused, and the attempt fails: a task
  /// type that gives nothing back has the result type [NoResult].
  record Done<R>(R result, List<Effect> effects) implements Outcome<R> {
    /// Copies the list, which may change afterwards.
    public Done {
      effects = List.copyOf(effects);
    }
  }

  /// The attempt failed for this reason and another one follows after the delay, if the policy has
  /// attempts left.
  record RetryAfter<R>(Duration delay, Failure why) implements Outcome<R> {
    /// Requires a delay and a reason.
    public RetryAfter {
      Objects.requireNonNull(delay, "a retry has a delay");
      Objects.requireNonNull(why, "a retry has a reason");
    }
  }

  /// Nothing went wrong, but it is too early: try again after the delay, at least a second, under
  /// the same attempt number. The message is shown to the person waiting.
  record Snooze<R>(Duration delay, String message) implements Outcome<R> {
    /// Cuts a message that is over [Failure#MESSAGE_LIMIT].
    public Snooze {
      Objects.requireNonNull(delay, "a snooze has a delay");
      message = Texts.cut(message, Failure.MESSAGE_LIMIT);
    }
  }

  /// The task ends here as cancelled.
  record Cancel<R>(String reason) implements Outcome<R> {
    /// Cuts a reason that is over [Failure#MESSAGE_LIMIT].
    public Cancel {
      reason = Texts.cut(reason, Failure.MESSAGE_LIMIT);
    }
  }

  /// Returns an outcome that completes the task with this result.
  static <R> Outcome<R> done(R result) {
    return new Done<>(result, List.of());
  }

  /// Returns an outcome that completes a task whose type gives nothing back ([NoResult]).
  static Outcome<NoResult> done() {
    return new Done<>(NoResult.INSTANCE, List.of());
  }

  /// Completed with this result, together with the handler's own writes. A result with effects is
  /// not given out again by [Sharing]: the effects are this task's own, so each equal task runs its
  /// handler and has effects of its own.
  static <R> Outcome<R> done(R result, Effect... effects) {
    return new Done<>(result, List.of(effects));
  }

  /// As [#done], but the result is not given out again to equal tasks: each of them runs its
  /// handler.
  static <R> Outcome<R> uncached(R result, Effect... effects) {
    return new Done<>(
        result, Stream.concat(Stream.of(effects), Stream.of(new UncachedResult())).toList());
  }

  /// Failed, to be tried again after the delay.
  static <R> Outcome<R> retryAfter(Duration delay, FailureKind kind, String why) {
    return new RetryAfter<>(delay, new Failure(kind, why));
  }

  /// Too early, to be taken up again after the delay.
  static <R> Outcome<R> snooze(Duration delay, String message) {
    return new Snooze<>(delay, message);
  }

  /// Returns an outcome that ends the task as cancelled, for this reason.
  static <R> Outcome<R> cancel(String reason) {
    return new Cancel<>(reason);
  }
}
