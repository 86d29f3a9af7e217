package dev.handoff.spring.web;

/// What a caller may do with the tasks that are its own to see.
public enum Permission {
  /// Submit tasks, alone or in batches.
  SUBMIT,
  /// See tasks, follow them, list them.
  READ,
  /// Cancel a task that is open.
  CANCEL,
  /// Everything else: run a failed task again, set up webhooks, give out tokens.
  OPERATE,
  /// See and change what belongs to all callers. Nobody has it by a login alone: see
  /// [CurrentCaller#isOperator].
  OPERATOR
}
