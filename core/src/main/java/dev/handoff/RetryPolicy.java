package dev.handoff;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// How often and when a failed attempt is followed by another one. The wait before attempt n+1 is
/// `first * factor^(n-1)`, at most `longest`, then shortened by a random part of up to `jitter` (0
/// to 1) so that many tasks that failed together do not come back together.
///
/// `exponential(ofSeconds(1))` waits 1 s, 2 s, 4 s, 8 s, 16 s, each up to a tenth less.
/// `giveUpAfter` bounds the whole: a task older than that is not tried or snoozed again. When a
/// person retries a failed task ([Handoff#retry]), all of it begins anew.
public record RetryPolicy(
    int maxAttempts,
    Duration first,
    double factor,
    Duration longest,
    double jitter,
    Set<FailureKind> on,
    Duration giveUpAfter) {

  /// Kinds that another attempt can change: all but a request that cannot be done and a
  /// configuration that a person must change.
  public static final Set<FailureKind> PASSING =
      Set.copyOf(
          EnumSet.complementOf(EnumSet.of(FailureKind.INVALID_REQUEST, FailureKind.MISCONFIGURED)));

  /// One attempt, and a second one only when its node died.
  public static final RetryPolicy NEVER =
      new RetryPolicy(2, Duration.ZERO, 1, Duration.ZERO, 0, Set.of(), Duration.ofDays(7));

  /// Three attempts, waiting 1 s and 2 s.
  public static final RetryPolicy DEFAULTS = exponential(Duration.ofSeconds(1)).upTo(3);

  /// At least one attempt; no negative wait; factor at least 1; jitter from 0 to 1.
  public RetryPolicy {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("a task has at least 1 attempt, was " + maxAttempts);
    }
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "the first wait is not negative and not above the longest, were "
              + first
              + " and "
              + longest);
    }
    if (factor < 1 || jitter < 0 || jitter > 1) {
      throw new IllegalArgumentException(
          "factor is at least 1 and jitter 0 to 1, were " + factor + " and " + jitter);
    }
    if (giveUpAfter.isNegative() || giveUpAfter.isZero()) {
      throw new IllegalArgumentException("giveUpAfter is positive, was " + giveUpAfter);
    }
    on = Set.copyOf(on);
  }

  /// Doubling from this wait, at most an hour, ten attempts.
  public static RetryPolicy exponential(Duration first) {
    Duration longest = first.compareTo(Duration.ofHours(1)) > 0 ? first : Duration.ofHours(1);
    return new RetryPolicy(10, first, 2, longest, 0.1, PASSING, Duration.ofDays(7));
  }

  /// The same wait each time, without jitter, ten attempts.
  public static RetryPolicy every(Duration wait) {
    return new RetryPolicy(10, wait, 1, wait, 0, PASSING, Duration.ofDays(7));
  }

  /// With this many attempts in all, the first one included.
  public RetryPolicy upTo(int maxAttempts) {
    return new RetryPolicy(maxAttempts, first, factor, longest, jitter, on, giveUpAfter);
  }

  /// Only after failures of these kinds; others end the task at once. A dead node is always
  /// followed by another attempt while there is one.
  public RetryPolicy on(Set<FailureKind> kinds) {
    return new RetryPolicy(maxAttempts, first, factor, longest, jitter, kinds, giveUpAfter);
  }

  /// Not for tasks older than this.
  public RetryPolicy givingUpAfter(Duration age) {
    return new RetryPolicy(maxAttempts, first, factor, longest, jitter, on, age);
  }

  /// The wait after failed attempt number `attempt` (from 1), or nothing when no other follows.
  public Optional<Duration> delayAfter(int attempt, FailureKind kind, RandomGenerator random) {
    if (attempt >= maxAttempts || !on.contains(kind)) {
      return Optional.empty();
    }
    double seconds = first.toMillis() / 1000.0 * Math.pow(factor, attempt - 1.0);
    double bounded = Math.min(seconds, longest.toMillis() / 1000.0);
    double shortened = bounded * (1 - jitter * random.nextDouble());
    return Optional.of(Duration.ofMillis(Math.round(shortened * 1000)));
  }
}
