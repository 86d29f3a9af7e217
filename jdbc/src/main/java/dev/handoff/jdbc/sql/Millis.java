package dev.handoff.jdbc.sql;

import dev.handoff.Times;
import java.time.Duration;
import java.time.Instant;

/// Times as the store keeps them: whole milliseconds, between the years 0 and 9999. What lies
/// outside is moved to the border, so that "never" can be said with any large value.
public final class Millis {
  private static final Duration LONGEST = Duration.ofDays(365_000);

  private Millis() {}

  public static long of(Instant time) {
    return Times.bounded(time).toEpochMilli();
  }

  public static long of(Duration length) {
    return length.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Times.bounded(length).toMillis();
  }

  /// As it will be read back.
  public static Instant truncated(Instant time) {
    return Instant.ofEpochMilli(of(time));
  }
}
