package dev.handoff;

/// The result type of tasks that give nothing back. Their handlers return [Outcome#done()], and
/// [Handoff#result] answers with [#INSTANCE] once such a task is completed. Stored and sent as the
/// JSON `null`, whatever the codec.
public enum NoResult {
  /// The only value.
  INSTANCE
}
