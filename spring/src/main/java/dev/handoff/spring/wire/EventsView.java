package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of `GET /tasks/{id}/events` as JSON: events in order, and the number to go on after.
/// `reset` is there, and true, when what the reader saw before is void and these are the first.
public record EventsView(
    List<EventView> events,
    long last,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean reset) {
  /// Events that come after what the reader saw.
  public EventsView(List<EventView> events, long last) {
    this(events, last, null);
  }
}
