package dev.handoff.store;

import dev.handoff.LoggedEvent;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import java.util.List;

/// Receives what was committed. The store calls it on its own threads: every method returns at once
/// and never calls the store. A hint can be lost, for example one of another node while the network
/// is down; only speed depends on hints.
public interface StoreListener {
  /// A task became due, or will be at a known time.
  void onTasksDue();

  /// These events of a task were committed, in this order. They were passed to this method before
  /// the call that wrote them returns. Only the event of a submit may arrive after that of the
  /// start, when another thread claimed the task at once.
  void onEvents(TaskId task, List<LoggedEvent> events);

  /// A task ended, on this or another node, whose end is to be announced.
  default void onEndsPending() {}

  /// This node submitted the task and committed it. [#onEvents] is called for it as well.
  default void onSubmitted(TaskId task, Submission submission) {}

  /// Another node committed a change of this task.
  default void onChangedRemotely(TaskId task) {}

  /// Hints of other nodes were lost, or may have been: read from the store what depends on them.
  default void onHintsLost() {}

  /// A node is known to be dead before its lease ends: its tasks can be rescued now.
  default void onNodesLost() {}
}
