package dev.handoff;

import java.time.Instant;

/// A gate as the handler of a task sees it. Every call blocks until its write is durable. It counts
/// whatever becomes of the attempt: what was spent is spent, and a provider that refuses refuses
/// all.
public interface TaskGate {
  /// Closes the gate for all nodes until then. An earlier closing that ends later stays, and a time
  /// more than [Gates#LONGEST_CLOSING] away counts as that.
  void closeUntil(Instant until, String reason);

  /// Takes units from the gate's rate of units ([GateLimits#units]). Does nothing if it has none.
  ///
  /// @param units 1 to [GateLimits.Rate#MAX_COUNT]
  void spend(long units);
}
