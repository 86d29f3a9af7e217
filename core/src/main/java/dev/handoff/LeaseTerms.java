package dev.handoff;

import java.time.Duration;

/// How long a node's lease lasts and how often it is renewed. A node that does not renew in time is
/// dead to the others.
public record LeaseTerms(Duration length, Duration renewEvery) {
  /// 10 s, renewed every 3 s: two renewals may fail.
  public static final LeaseTerms DEFAULTS =
      new LeaseTerms(Duration.ofSeconds(10), Duration.ofSeconds(3));

  /// Renewals at most half a length apart.
  public LeaseTerms {
    if (renewEvery.isNegative()
        || renewEvery.isZero()
        || renewEvery.multipliedBy(2).compareTo(length) > 0) {
      throw new IllegalArgumentException(
          "handoff.lease.renew-every is positive and at most half of handoff.lease.length, were "
              + renewEvery
              + " and "
              + length);
    }
  }
}
