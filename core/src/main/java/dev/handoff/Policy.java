package dev.handoff;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How tasks of one type are treated. `concurrency` bounds the attempts of the type on one node;
/// `retention` is how long a finished task can be seen, from its end; each of its tasks passes the
/// `gates`.
public record Policy(
    RetryPolicy retry,
    Limits limits,
    int concurrency,
    Duration retention,
    Sharing sharing,
    WhenNoWorker whenNoWorker,
    List<String> gates) {

  /// Three attempts, ten minutes each, no bound of its own on concurrency, kept for a day, nothing
  /// shared, waiting for a worker.
  public static final Policy DEFAULTS =
      new Policy(
          RetryPolicy.DEFAULTS,
          Limits.DEFAULTS,
          Integer.MAX_VALUE,
          Duration.ofDays(1),
          Sharing.NONE,
          WhenNoWorker.WAIT,
          List.of());

  /// At least one attempt at a time and a retention that is not negative.
  public Policy {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is at least 1, was " + concurrency);
    }
    if (retention.isNegative()) {
      throw new IllegalArgumentException("retention is not negative, was " + retention);
    }
    gates = Gates.requireGates(gates);
  }

  /// A policy without gates.
  public Policy(
      RetryPolicy retry,
      Limits limits,
      int concurrency,
      Duration retention,
      Sharing sharing,
      WhenNoWorker whenNoWorker) {
    this(retry, limits, concurrency, retention, sharing, whenNoWorker, List.of());
  }

  /// Returns a copy with this retry policy.
  public Policy withRetry(RetryPolicy retry) {
    return new Policy(retry, limits, concurrency, retention, sharing, whenNoWorker, gates);
  }

  /// Returns a copy with these limits for each attempt.
  public Policy withLimits(Limits limits) {
    return new Policy(retry, limits, concurrency, retention, sharing, whenNoWorker, gates);
  }

  /// Returns a copy with at most this many attempts of the type at once on one node.
  public Policy withConcurrency(int concurrency) {
    return new Policy(retry, limits, concurrency, retention, sharing, whenNoWorker, gates);
  }

  /// Returns a copy whose tasks are kept for this long after their end.
  public Policy withRetention(Duration retention) {
    return new Policy(retry, limits, concurrency, retention, sharing, whenNoWorker, gates);
  }

  /// Returns a copy with this rule for equal requests.
  public Policy withSharing(Sharing sharing) {
    return new Policy(retry, limits, concurrency, retention, sharing, whenNoWorker, gates);
  }

  /// Returns a copy with this rule for submits while no node runs tasks.
  public Policy withWhenNoWorker(WhenNoWorker whenNoWorker) {
    return new Policy(retry, limits, concurrency, retention, sharing, whenNoWorker, gates);
  }

  /// Returns a copy whose tasks pass this gate as well ([Gates]).
  ///
  /// @throws IllegalArgumentException for more than [Gates#GATES_PER_TASK], or a name that no gate
  ///   can have
  public Policy through(String gate) {
    List<String> all = new ArrayList<>(gates);
    all.add(gate);
    return new Policy(retry, limits, concurrency, retention, sharing, whenNoWorker, all);
  }
}
