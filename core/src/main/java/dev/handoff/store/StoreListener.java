package dev.handoff.store;

import dev.handoff.LoggedEvent;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import java.util.List;

/// Is told what was committed. Called on the store's own threads, so it returns at once and never
/// calls back into the store. A hint may be missed (another node's, while the network is away):
/// nothing but speed depends on it.
public interface StoreListener {
  /// Some task became due, or will be at a known time.
  void onWork();

  /// These events of a task were committed, in order: whoever wrote them finds them told. Only that
  /// a task was submitted may be told after its start, where another thread found it at once.
  void onEvents(TaskId task, List<LoggedEvent> events);

  /// A task ended whose end is to be announced, here or on another node.
  default void onEnds() {}

  /// This task was submitted here and is committed; that it was is told by [#onEvents] as well.
  default void onSubmitted(TaskId task, Submission submission) {}

  /// Another node committed something about this task.
  default void onElsewhere(TaskId task) {}

  /// Hints of other nodes were missed, or may have been: it is time to look.
  default void onMissed() {}

  /// Some node is known to be dead before its lease ends: its tasks can be taken back now.
  default void onNodesLost() {}
}
