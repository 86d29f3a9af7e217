package dev.handoff.jdbc.postgres;

import dev.handoff.TimeSource;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.sql.Millis;
import java.time.Instant;
import java.util.function.Consumer;

/// The clock of a write, and who is told after its commit. Listeners hear of events before the
/// caller continues, so that events arrive in order. Waking other threads comes last: it delays the
/// caller.
public record AfterCommit(
    TimeSource clock, Consumer<Announcements> events, Consumer<Announcements> whatFollows) {
  void tellEvents(Announcements committed) {
    events.accept(committed);
  }

  void tellWhatFollows(Announcements committed) {
    whatFollows.accept(committed);
  }

  Instant now() {
    return Millis.truncated(clock.instant());
  }
}
