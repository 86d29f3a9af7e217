package dev.handoff.testing.simulation;

import dev.handoff.TaskId;
import dev.handoff.store.StoreListener;

/// What a store tells its listeners without having written it itself.
public sealed interface Hint {
  /// Some task became due, or will.
  record Work() implements Hint {}

  /// Some task ended whose end is to be announced.
  record Ends() implements Hint {}

  /// Another store committed something about this task.
  record Elsewhere(TaskId task) implements Hint {}

  /// Hints were missed, or may have been.
  record Missed() implements Hint {}

  /// A node is known to be dead before its lease ends.
  record NodesLost() implements Hint {}

  default void tell(StoreListener listener) {
    switch (this) {
      case Work _ -> listener.onTasksDue();
      case Ends _ -> listener.onEndsPending();
      case Elsewhere(TaskId task) -> listener.onChangedRemotely(task);
      case Missed _ -> listener.onHintsLost();
      case NodesLost _ -> listener.onNodesLost();
    }
  }
}
