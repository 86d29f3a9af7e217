package dev.handoff;

import java.time.Duration;
import java.time.Instant;

/// Sums of times that never overflow: what lies outside of [#FIRST] to [#LAST] becomes the nearer
/// of the two. So any large duration, `ChronoUnit.FOREVER` included, can say "never".
public final class Times {
  /// The first time that a store keeps: the beginning of the year 0.
  public static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

  /// The last time that a store keeps: the end of the year 9999.
  public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  /// The longest duration that makes a difference: from the first time to the last.
  public static final Duration LONGEST = Duration.between(FIRST, LAST);

  private Times() {}

  /// The time that is this much later; earlier, for a negative duration.
  public static Instant plus(Instant time, Duration length) {
    return bounded(bounded(time).plus(bounded(length)));
  }

  /// The time that is this much earlier.
  public static Instant minus(Instant time, Duration length) {
    return bounded(bounded(time).minus(bounded(length)));
  }

  /// Returns the sum, cut to the longest duration that a store keeps.
  public static Duration plus(Duration one, Duration other) {
    return bounded(bounded(one).plus(bounded(other)));
  }

  /// This time, if it is one that a store keeps; else the nearest one.
  public static Instant bounded(Instant time) {
    if (time.isBefore(FIRST)) {
      return FIRST;
    }
    return time.isAfter(LAST) ? LAST : time;
  }

  /// This duration, if it is not longer than [#LONGEST] in either direction; else that one. Its
  /// milliseconds fit into a `long`.
  public static Duration bounded(Duration length) {
    if (length.compareTo(LONGEST) > 0) {
      return LONGEST;
    }
    return length.compareTo(LONGEST.negated()) < 0 ? LONGEST.negated() : length;
  }
}
