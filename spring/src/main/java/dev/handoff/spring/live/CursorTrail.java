package dev.handoff.spring.live;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cursor to send with each task. A page is complete only with its last task: a reader that
/// disconnects before resumes from the time of the page before. Confined to the writing thread.
final class CursorTrail {
  private @Nullable String before;

  /// Starts at this time, or at the beginning without one.
  CursorTrail(Optional<Instant> since) {
    this.before = since.map(StreamCursor::of).orElse(null);
  }

  /// Returns the cursor of the tasks before the last one.
  String early(Instant upTo) {
    // A new reader that disconnects gets all open tasks again.
    return before == null ? StreamCursor.of(upTo) : before;
  }

  /// Returns the cursor of the last task.
  String last(Instant upTo) {
    String cursor = StreamCursor.of(upTo);
    before = cursor;
    return cursor;
  }
}
