package dev.handoff.spring.web;

/// What a caller may do with the tasks that are its own to see.
public enum Permission {
  /// Hand off new work.
  SUBMIT,
  /// See tasks, follow them, list them.
  READ,
  /// End an open task.
  CANCEL,
  /// Everything else: run a failed task again, set up webhooks, give out tokens.
  OPERATE
}
