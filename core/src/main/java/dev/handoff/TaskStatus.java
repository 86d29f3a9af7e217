package dev.handoff;

/// The kind of state a task is in, to ask for tasks by.
public enum TaskStatus {
  /// Waits until it is due and a slot is free.
  QUEUED("queued"),
  /// One attempt runs, on one node.
  PROCESSING("processing"),
  /// Completed: the handler returned a result.
  COMPLETED("completed"),
  /// Failed: no attempt is left, or another one would not help.
  FAILED("failed"),
  /// Cancelled, by a call or by the handler itself.
  CANCELLED("cancelled");

  private final String word;

  TaskStatus(String word) {
    this.word = word;
  }

  /// The word on the wire and in the store, the same as [TaskState#word].
  public String word() {
    return word;
  }

  /// Returns the status of a task in this state.
  public static TaskStatus of(TaskState state) {
    return switch (state) {
      case TaskState.Queued ignored -> QUEUED;
      case TaskState.Processing ignored -> PROCESSING;
      case TaskState.Completed ignored -> COMPLETED;
      case TaskState.Failed ignored -> FAILED;
      case TaskState.Cancelled ignored -> CANCELLED;
    };
  }

  /// The one with this word.
  ///
  /// @throws IllegalArgumentException when there is none
  public static TaskStatus ofWord(String word) {
    for (TaskStatus status : values()) {
      if (status.word.equals(word)) {
        return status;
      }
    }
    throw new IllegalArgumentException(
        "a task is queued, processing, completed, failed or cancelled, not " + word);
  }
}
