package dev.handoff;

import java.util.List;

/// What a reader who comes again and again gets of a task's log.
///
/// @param reset whether the reader's position is not of this log: then these are its first events,
///   and what the reader saw before is void
/// @param events in order and without gaps, from the position or the beginning on
/// @param last the number of the log's last event
public record EventPage(boolean reset, List<LoggedEvent> events, long last) {
  /// Copies the list, which may change afterwards.
  public EventPage {
    events = List.copyOf(events);
  }
}
