package dev.handoff;

/// What a submit does when no live node runs tasks.
public enum WhenNoWorker {
  /// The task waits until one comes.
  WAIT,
  /// The submitting thread does the work itself and returns when the attempt is over. A submit
  /// within a transaction returns at once, and its node does the work when the transaction has
  /// committed.
  RUN_IN_CALLER
}
