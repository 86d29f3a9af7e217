package dev.handoff.jdbc.postgres;

import dev.handoff.TimeSource;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.sql.Millis;
import java.time.Instant;
import java.util.function.Consumer;

/// What a write needs beside its connection: the time, and whom to tell when it is committed. Of
/// events before its caller goes on, so that nobody hears of what the caller does next before them;
/// of what follows from them after that, for a thread that wakes up holds up its waker.
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
