package dev.handoff.store;

import dev.handoff.TaskId;

/// The answer to a submit: the id of the task, and how it came about.
public record Submitted(TaskId id, How how) {
  /// Whether the task is new, joined or cached.
  public enum How {
    /// A task of its own, waiting.
    NEW,
    /// The owner's identical open task.
    JOINED,
    /// A task of its own, completed at once with a cached result.
    CACHED
  }
}
