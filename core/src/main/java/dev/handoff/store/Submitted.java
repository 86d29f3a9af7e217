package dev.handoff.store;

import dev.handoff.TaskId;

/// What became of a submit: the id to follow, and how it came about.
public record Submitted(TaskId id, How how) {
  /// New work, or somebody's already.
  public enum How {
    /// A task of its own, waiting.
    NEW,
    /// The owner's identical open task.
    JOINED,
    /// A task of its own, completed at once with a cached result.
    CACHED
  }
}
