package dev.handoff.jdbc.row;

import java.util.random.RandomGenerator;

/// Generates fences, the numbers of leases. Each claim of a task raises its fence. The upper bits
/// count the claims, and the lower [#RANDOM_BITS] bits are random. So a claim that an older copy of
/// the data (a promoted standby, a restored backup) does not know differs from the one made in its
/// place. Safe for use by many threads if the source of randomness is.
public final class Fences {
  /// Two such claims collide once in 2,147,483,648 times, and only on the same node.
  public static final int RANDOM_BITS = 31;

  private final RandomGenerator random;

  public Fences(RandomGenerator random) {
    this.random = random;
  }

  /// Returns random lower bits, for a statement that computes the upper bits.
  public long lowerBits() {
    return random.nextLong(1L << RANDOM_BITS);
  }

  /// Returns the fence of a first claim.
  public long first() {
    return next(0);
  }

  public long next(long fence) {
    return ((fence >> RANDOM_BITS) + 1) << RANDOM_BITS | lowerBits();
  }
}
