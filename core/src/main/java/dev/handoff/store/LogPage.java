package dev.handoff.store;

import dev.handoff.LoggedEvent;
import java.util.List;

/// A part of a task's log at one moment.
///
/// @param last the number of the log's last event
/// @param events in order and without gaps; none when the log ends before the part begins
public record LogPage(long last, List<LoggedEvent> events) {
  public LogPage {
    events = List.copyOf(events);
  }

  /// Returns whether the log has events after these.
  public boolean hasMore() {
    return !events.isEmpty() && events.getLast().seq() < last;
  }
}
