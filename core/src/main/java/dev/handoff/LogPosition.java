package dev.handoff;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a reader is in a task's log.
///
/// @param after the number of the last event it has seen; 0 when it has seen none
/// @param at when that event happened, as it was told; null when the reader does not know. With it
///   a reader is told also that another event has its number now.
public record LogPosition(long after, @Nullable Instant at) {
  /// The position of a reader that has seen no event.
  public static final LogPosition START = new LogPosition(0, null);

  /// Refuses negative numbers. Events are numbered from 1.
  public LogPosition {
    if (after < 0) {
      throw new IllegalArgumentException("the number of an event is not negative, was " + after);
    }
  }

  /// After the event of this number.
  public static LogPosition after(long number) {
    return new LogPosition(number, null);
  }

  /// Returns the position of a reader that has seen this event and those before it.
  public static LogPosition of(LoggedEvent event) {
    return new LogPosition(event.seq(), event.at());
  }
}
