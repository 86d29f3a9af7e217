package dev.handoff;

import java.util.List;

/// Follows one task. Called by one virtual thread at a time, in order; it may block, and while it
/// does, nobody else waits for it.
@FunctionalInterface
public interface EventSubscriber {
  /// The next events, at least one, without gaps since the last call.
  ///
  /// @throws Exception to be told nothing more
  void onEvents(List<LoggedEvent> events) throws Exception;
}
