package dev.handoff.engine;

import dev.handoff.LogPosition;
import dev.handoff.LoggedEvent;
import dev.handoff.store.LogPage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What is remembered of the last event that a reader has seen, to recognize it in the log: an
/// older copy of the data may give its number to another event.
///
/// @param at when it happened; null when only its number is known
/// @param content the hash of what it says; null when that is not known
record LogMark(long seq, @Nullable Instant at, @Nullable Integer content) {
  static LogMark of(LogPosition position) {
    Instant at = position.at();
    return new LogMark(
        position.after(), at == null ? null : at.truncatedTo(ChronoUnit.MILLIS), null);
  }

  static LogMark of(LoggedEvent event) {
    return new LogMark(event.seq(), event.at(), event.event().hashCode());
  }

  /// The number of the first event to read: the last one seen, to compare it.
  long readFrom() {
    return Math.max(1, seq);
  }

  boolean isOf(LoggedEvent event) {
    return event.seq() == seq
        && (at == null || at.equals(event.at()))
        && (content == null || content == event.event().hashCode());
  }

  /// Whether a part of the log that was read [#readFrom] begins with the event.
  boolean isIn(LogPage page) {
    return seq == 0 || (!page.events().isEmpty() && isOf(page.events().getFirst()));
  }
}
