package dev.handoff;

import java.time.Duration;

/// How long a node's lease lasts and how often it is renewed. Other nodes take a node for dead that
/// does not renew in time. A lease of more than a day is refused: a dead node would keep its tasks
/// for that long.
public record LeaseTerms(Duration length, Duration renewEvery) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /// 10 s, renewed every 3 s: two renewals may fail.
  public static final LeaseTerms DEFAULTS =
      new LeaseTerms(Duration.ofSeconds(10), Duration.ofSeconds(3));

  /// Renewals at most half a length apart.
  public LeaseTerms {
    if (length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "handoff.lease.length is at most " + LONGEST + ", was " + length);
    }
    if (renewEvery.isNegative()
        || renewEvery.isZero()
        || renewEvery.compareTo(length.dividedBy(2)) > 0) {
      throw new IllegalArgumentException(
          "handoff.lease.renew-every is positive and at most half of handoff.lease.length, were "
              + renewEvery
              + " and "
              + length);
    }
  }
}
