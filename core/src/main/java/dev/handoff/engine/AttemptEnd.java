package dev.handoff.engine;

/// Why an attempt is over.
enum AttemptEnd {
  /// Its handler returned or threw.
  BY_HANDLER,
  /// The task was cancelled.
  CANCELLED,
  /// Its hard limit passed.
  TIMED_OUT,
  /// The node closes, and another attempt follows elsewhere.
  HANDED_BACK,
  /// The store says that it does not hold the task any more: another node has it, or has ended it.
  LEASE_LOST
}
