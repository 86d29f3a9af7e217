package dev.handoff;

/// This attempt may not write any more: its task was cancelled, timed out, or taken over. Stop;
/// there is nothing to clean up in the store.
public final class LeaseLostException extends HandoffException {
  private static final long serialVersionUID = 1L;

  /// Creates the exception for an attempt at this task.
  public LeaseLostException(TaskId task) {
    super("this attempt of task " + task + " may not write any more; stop working on it");
  }
}
