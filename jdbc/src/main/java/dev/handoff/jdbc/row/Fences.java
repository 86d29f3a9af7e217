package dev.handoff.jdbc.row;

import java.util.random.RandomGenerator;

/// The numbers of leases. Each claim of a task raises its fence: the upper part counts the claims,
/// and the lower [#RANDOM_BITS] bits are random. So a claim that an older copy of the data does not
/// know (a promoted standby, a restored backup) and the one that is made in its place differ. Safe
/// for use by many threads if the source of randomness is.
public final class Fences {
  /// Two such claims are alike once in 2,147,483,648 times, and only on the same node.
  public static final int RANDOM_BITS = 31;

  private final RandomGenerator random;

  public Fences(RandomGenerator random) {
    this.random = random;
  }

  /// The lower bits of the next fences, for a statement that computes the upper part itself.
  public long lowerBits() {
    return random.nextLong(1L << RANDOM_BITS);
  }

  /// The fence of a task that is claimed for the first time.
  public long first() {
    return next(0);
  }

  /// The fence after this one.
  public long next(long fence) {
    return ((fence >> RANDOM_BITS) + 1) << RANDOM_BITS | lowerBits();
  }
}
