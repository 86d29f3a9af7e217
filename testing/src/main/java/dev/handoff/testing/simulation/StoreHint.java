package dev.handoff.testing.simulation;

import dev.handoff.TaskId;
import dev.handoff.store.StoreListener;

/// A change by another store, as a store passes it on to its listeners.
public sealed interface StoreHint {
  /// A task is due, or will be.
  record DueHint() implements StoreHint {}

  /// A task ended, and its end is to be announced.
  record EndHint() implements StoreHint {}

  /// Another store committed a change to this task.
  record RemoteHint(TaskId task) implements StoreHint {}

  /// Hints may have been lost.
  record LostHint() implements StoreHint {}

  /// A node is known to be dead before its lease ends.
  record NodeHint() implements StoreHint {}

  default void tell(StoreListener listener) {
    switch (this) {
      case DueHint ignored -> listener.onTasksDue();
      case EndHint ignored -> listener.onEndsPending();
      case RemoteHint(TaskId task) -> listener.onChangedRemotely(task);
      case LostHint ignored -> listener.onHintsLost();
      case NodeHint ignored -> listener.onNodesLost();
    }
  }
}
