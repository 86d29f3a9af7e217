package dev.handoff;

import java.time.Duration;

/// Settings of an engine. `concurrency` is the most attempts at once on this node; `flushEvery` the
/// longest that progress and chunks wait to be written; `drain` how long [Handoff#close] waits for
/// running attempts before it hands them back.
public record HandoffConfig(
    Role role,
    int concurrency,
    LeaseTerms lease,
    Bounds bounds,
    Duration flushEvery,
    Duration drain) {

  /// Everything on one node, 100 attempts at once (they mostly wait for a provider), 50 ms to the
  /// log, 10 s to drain.
  public static HandoffConfig defaults() {
    return new HandoffConfig(
        Role.ALL,
        100,
        LeaseTerms.DEFAULTS,
        Bounds.DEFAULTS,
        Duration.ofMillis(50),
        Duration.ofSeconds(10));
  }

  /// At least one slot, no negative time.
  public HandoffConfig {
    if (concurrency < 1 || concurrency > 100_000) {
      throw new IllegalArgumentException(
          "handoff.worker.concurrency is 1 to 100000, was " + concurrency);
    }
    if (flushEvery.isNegative() || drain.isNegative()) {
      throw new IllegalArgumentException(
          "flushEvery and drain are not negative, were " + flushEvery + " and " + drain);
    }
  }

  /// Returns a copy with this role.
  public HandoffConfig withRole(Role role) {
    return new HandoffConfig(role, concurrency, lease, bounds, flushEvery, drain);
  }

  /// Returns a copy with this many attempts at once.
  public HandoffConfig withConcurrency(int concurrency) {
    return new HandoffConfig(role, concurrency, lease, bounds, flushEvery, drain);
  }

  /// Returns a copy with these lease terms.
  public HandoffConfig withLease(LeaseTerms lease) {
    return new HandoffConfig(role, concurrency, lease, bounds, flushEvery, drain);
  }

  /// Returns a copy with these bounds.
  public HandoffConfig withBounds(Bounds bounds) {
    return new HandoffConfig(role, concurrency, lease, bounds, flushEvery, drain);
  }

  /// Returns a copy that writes progress and chunks at least this often.
  public HandoffConfig withFlushEvery(Duration flushEvery) {
    return new HandoffConfig(role, concurrency, lease, bounds, flushEvery, drain);
  }

  /// Returns a copy that waits this long for running attempts when it is closed.
  public HandoffConfig withDrain(Duration drain) {
    return new HandoffConfig(role, concurrency, lease, bounds, flushEvery, drain);
  }
}
