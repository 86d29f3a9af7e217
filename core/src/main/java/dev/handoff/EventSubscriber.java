package dev.handoff;

import java.util.List;

/// Follows one task. Called by one virtual thread at a time, in order; it may block, and while it
/// does, nobody else waits for it. Whichever call throws is the last one.
@FunctionalInterface
public interface EventSubscriber {
  /// The next events, at least one, without gaps since the last call.
  ///
  /// @throws Exception to be told nothing more
  void onEvents(List<LoggedEvent> events) throws Exception;

  /// What was told until now, or the number that was followed from, is not of the task's log as it
  /// is: an older copy of the data took its place, as when an asynchronous standby is promoted or a
  /// backup restored. Next come all events from the first on.
  ///
  /// @param last the number of the log's last event at this moment
  /// @throws Exception to be told nothing more
  default void onReset(long last) throws Exception {}

  /// Nothing more comes although no last event was told: the task is not there, its retention has
  /// passed, or it had ended with the number that was followed from. The subscription is closed.
  ///
  /// @throws Exception which is reported and changes nothing
  default void onGone() throws Exception {}
}
