package dev.handoff;

import java.util.List;

/// Receives the events of one task. Called by one virtual thread at a time, in order; it may block
/// without delaying others. A call that throws is the last one.
@FunctionalInterface
public interface EventSubscriber {
  /// Receives the next events, at least one, without gaps since the last call.
  ///
  /// @throws Exception to be told nothing more
  void onEvents(List<LoggedEvent> events) throws Exception;

  /// Called when the events reported so far, or the number that was followed from, are not in the
  /// task's log: an older copy of the data replaced it, for example when an asynchronous standby
  /// was promoted or a backup restored. Then all events follow, from the first one.
  ///
  /// @param last the number of the log's last event at this moment
  /// @throws Exception to be told nothing more
  default void onReset(long last) throws Exception {}

  /// Called when no event follows although no last event was reported: the task does not exist, its
  /// retention has passed, or it had ended with the number that was followed from. The subscription
  /// is closed.
  ///
  /// @throws Exception which is reported and changes nothing
  default void onGone() throws Exception {}
}
