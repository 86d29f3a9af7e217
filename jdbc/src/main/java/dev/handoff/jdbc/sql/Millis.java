package dev.handoff.jdbc.sql;

import dev.handoff.Times;
import java.time.Duration;
import java.time.Instant;

/// Times in whole milliseconds, as they are stored, between the years 0 and 9999. Values outside
/// are moved to the border, so that any large value means "never".
public final class Millis {
  private static final Duration LONGEST = Duration.ofDays(365_000);

  private Millis() {}

  public static long of(Instant time) {
    return Times.bounded(time).toEpochMilli();
  }

  public static long of(Duration length) {
    return length.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Times.bounded(length).toMillis();
  }

  public static Instant truncated(Instant time) {
    return Instant.ofEpochMilli(of(time));
  }
}
