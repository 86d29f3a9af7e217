package dev.handoff;

import java.time.Instant;
import java.util.List;

/// Receives the changes of all tasks of one owner. Called by one virtual thread at a time; it may
/// block without delaying others.
@FunctionalInterface
public interface OwnerSubscriber {
  /// These tasks, at most [TaskQuery#PAGE_LIMIT] of them, stand so now. A task is never told as it
  /// was before; it may be told twice as it is. What changed while the subscriber was busy is told
  /// once, as it then stands.
  ///
  /// The first calls tell what there is; the last of these may bring no tasks at all.
  ///
  /// @param upTo everything that changed before was told: from here a later subscriber goes on
  /// @throws Exception to be told nothing more
  void onTasks(List<TaskSummary> tasks, Instant upTo) throws Exception;
}
