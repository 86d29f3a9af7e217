package dev.handoff.engine;

import java.time.Duration;

/// How long to wait after the store refused a write for a reason of its own: a timeout of a
/// statement, a lock, a defect.
final class RefusalBackoff {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final int DOUBLINGS = 7;

  private RefusalBackoff() {}

  /// Doubling from 0.2 to about 25 seconds.
  static Duration pause(int before) {
    return FIRST.multipliedBy(1L << Math.clamp(before, 0, DOUBLINGS));
  }
}
