package dev.handoff;

/// A key of the caller's own was used before for another request. Nothing was stored.
public final class KeyMismatchException extends HandoffException {
  private static final long serialVersionUID = 1L;

  private final transient TaskId task;

  /// The key, and the task that was submitted with it.
  public KeyMismatchException(String key, TaskId task) {
    super(
        "the key '"
            + key
            + "' belongs to task "
            + task
            + ", which has another type or request; use a new key for a new request");
    this.task = task;
  }

  /// Returns the task that was submitted with the key.
  public TaskId task() {
    return task;
  }
}
