package dev.handoff.jdbc;

import dev.handoff.TimeSource;
import java.time.Instant;
import java.util.function.Consumer;

/// What a write needs beside its connection: the time, and whom to tell when it is committed.
record Committer(TimeSource clock, Consumer<Announcements> told) {
  void tell(Announcements committed) {
    told.accept(committed);
  }

  Instant now() {
    return Millis.truncated(clock.instant());
  }
}
