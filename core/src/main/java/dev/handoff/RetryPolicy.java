package dev.handoff;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// How often and when a failed attempt is followed by another one. Each wait is shortened by a
/// random part of up to `jitter` (0 to 1) so that many tasks that failed together do not come back
/// together.
///
/// `exponential(ofSeconds(1))` waits 1 s, 2 s, 4 s, 8 s, 16 s, each up to a tenth less.
/// `giveUpAfter` bounds the whole: a task is not tried or snoozed again so long after it could
/// first run. So long also waits a task whose request this node cannot read, for one that can. When
/// a person retries a failed task ([Handoff#retry]), all of it begins anew. From the tenth attempt
/// on each wait is at least a second. How many attempts there are is stored with a task at its
/// submit; the waits are those of the code that runs.
public record RetryPolicy(
    int maxAttempts, Waits waits, double jitter, Set<FailureKind> on, Duration giveUpAfter) {

  /// How long to wait after each attempt, before the jitter.
  public sealed interface Waits {
    /// After attempt n `first * factor^(n-1)`, at most `longest`.
    record Growing(Duration first, double factor, Duration longest) implements Waits {
      /// No negative wait; factor at least 1.
      public Growing {
        if (first.isNegative() || longest.compareTo(first) < 0) {
          throw new IllegalArgumentException(
              "the first wait is not negative and not above the longest, were "
                  + first
                  + " and "
                  + longest);
        }
        if (!(factor >= 1) || Double.isInfinite(factor)) {
          throw new IllegalArgumentException("factor is a number of at least 1, was " + factor);
        }
        first = Times.bounded(first);
        longest = Times.bounded(longest);
      }

      @Override
      public Duration after(int attempt) {
        if (first.isZero()) {
          return first;
        }
        double seconds = first.toMillis() / 1000.0 * Math.pow(factor, Math.max(1, attempt) - 1.0);
        double bounded = Math.min(seconds, longest.toMillis() / 1000.0);
        return Duration.ofMillis(Math.round(bounded * 1000));
      }
    }

    /// These, one after the other; the last one again for all attempts that follow.
    record Listed(List<Duration> each) implements Waits {
      /// At least one, none negative.
      public Listed {
        if (each.isEmpty() || each.stream().anyMatch(Duration::isNegative)) {
          throw new IllegalArgumentException(
              "there is at least one wait and none is negative, were " + each);
        }
        each = each.stream().map(Times::bounded).toList();
      }

      @Override
      public Duration after(int attempt) {
        return each.get(Math.clamp(attempt, 1, each.size()) - 1);
      }
    }

    /// The wait after failed attempt number `attempt`, from 1.
    Duration after(int attempt);
  }

  /// Kinds that another attempt can change: all but a request that cannot be done or read, and a
  /// configuration that a person must change.
  public static final Set<FailureKind> PASSING =
      Set.copyOf(
          EnumSet.complementOf(
              EnumSet.of(
                  FailureKind.INVALID_REQUEST, FailureKind.MISCONFIGURED, FailureKind.UNREADABLE)));

  private static final Duration A_WEEK = Duration.ofDays(7);

  /// One attempt, and a second one only when its node died.
  public static final RetryPolicy NEVER =
      new RetryPolicy(2, always(Duration.ZERO), 0, Set.of(), A_WEEK);

  /// Three attempts, waiting 1 s and 2 s.
  public static final RetryPolicy DEFAULTS = exponential(Duration.ofSeconds(1)).upTo(3);

  /// At least one attempt; jitter from 0 to 1.
  public RetryPolicy {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("a task has at least 1 attempt, was " + maxAttempts);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter is 0 to 1, was " + jitter);
    }
    if (giveUpAfter.isNegative() || giveUpAfter.isZero()) {
      throw new IllegalArgumentException("giveUpAfter is positive, was " + giveUpAfter);
    }
    giveUpAfter = Times.bounded(giveUpAfter);
    on = Set.copyOf(on);
  }

  /// Doubling from this wait, at most an hour, ten attempts.
  public static RetryPolicy exponential(Duration first) {
    Duration longest = first.compareTo(Duration.ofHours(1)) > 0 ? first : Duration.ofHours(1);
    return new RetryPolicy(10, new Waits.Growing(first, 2, longest), 0.1, PASSING, A_WEEK);
  }

  /// The same wait each time, without jitter, ten attempts.
  public static RetryPolicy every(Duration wait) {
    return new RetryPolicy(10, always(wait), 0, PASSING, A_WEEK);
  }

  private static Waits always(Duration wait) {
    return new Waits.Growing(wait, 1, wait);
  }

  /// These waits, one after the other, each up to a tenth less; one attempt more than there are
  /// waits. Gives up after a week, or twice the time of all waits if that is longer.
  ///
  /// `schedule(ofSeconds(5), ofMinutes(5), ofHours(2))` tries four times.
  public static RetryPolicy schedule(Duration... waits) {
    Waits.Listed listed = new Waits.Listed(List.of(waits));
    Duration all = listed.each().stream().reduce(Duration.ZERO, Times::plus);
    Duration twice = Times.plus(all, all);
    Duration age = twice.compareTo(A_WEEK) > 0 ? twice : A_WEEK;
    return new RetryPolicy(waits.length + 1, listed, 0.1, PASSING, age);
  }

  /// With this many attempts in all, the first one included.
  public RetryPolicy upTo(int maxAttempts) {
    return new RetryPolicy(maxAttempts, waits, jitter, on, giveUpAfter);
  }

  /// Only after failures of these kinds; others end the task at once. A dead node is always
  /// followed by another attempt while there is one.
  public RetryPolicy on(Set<FailureKind> kinds) {
    return new RetryPolicy(maxAttempts, waits, jitter, kinds, giveUpAfter);
  }

  /// Not for tasks older than this.
  public RetryPolicy givingUpAfter(Duration age) {
    return new RetryPolicy(maxAttempts, waits, jitter, on, age);
  }

  /// The wait after failed attempt number `attempt` (from 1), or nothing when no other follows.
  public Optional<Duration> delayAfter(int attempt, FailureKind kind, RandomGenerator random) {
    if (attempt >= maxAttempts || !on.contains(kind)) {
      return Optional.empty();
    }
    double seconds = waits.after(attempt).toMillis() / 1000.0;
    double shortened = seconds * (1 - jitter * random.nextDouble());
    return Optional.of(Duration.ofMillis(Math.round(shortened * 1000)));
  }
}
