package dev.handoff.spring.live;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which cursor goes out with which task. Only with the last of those that are told together is
/// everything told up to their time: who breaks off before that has to go on from the time before.
/// Confined to the thread that tells.
final class CursorTrail {
  private @Nullable String before;

  /// For one who goes on from then, or begins.
  CursorTrail(Optional<Instant> since) {
    this.before = since.map(StreamCursor::of).orElse(null);
  }

  /// With the task before the last one.
  String early(Instant upTo) {
    // One who begins is told what is open again, whenever it breaks off.
    return before == null ? StreamCursor.of(upTo) : before;
  }

  /// Returns the cursor of the last task.
  String last(Instant upTo) {
    String cursor = StreamCursor.of(upTo);
    before = cursor;
    return cursor;
  }
}
