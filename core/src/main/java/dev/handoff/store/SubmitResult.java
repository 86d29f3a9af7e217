package dev.handoff.store;

import dev.handoff.TaskId;

/// The result of a submit: the id of the task, and whether it is a new one.
public record SubmitResult(TaskId id, SubmitOrigin origin) {
  /// Whether the task is new, joined or cached.
  public enum SubmitOrigin {
    /// A task of its own, waiting.
    NEW,
    /// The owner's identical open task.
    JOINED,
    /// A task of its own, completed at once with a cached result.
    CACHED
  }
}
