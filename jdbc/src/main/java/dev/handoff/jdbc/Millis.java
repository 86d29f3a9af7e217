package dev.handoff.jdbc;

import java.time.Duration;
import java.time.Instant;

/// Times as the store keeps them: whole milliseconds, between the years 0 and 9999. What lies
/// outside is moved to the border, so that "never" can be said with any large value.
final class Millis {
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final Duration LONGEST = Duration.ofDays(365_000);

  private Millis() {}

  static long of(Instant time) {
    if (time.isBefore(FIRST)) {
      return FIRST.toEpochMilli();
    }
    return time.isAfter(LAST) ? LAST.toEpochMilli() : time.toEpochMilli();
  }

  static long of(Duration length) {
    return length.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : length.toMillis();
  }

  /// As it will be read back.
  static Instant truncated(Instant time) {
    return Instant.ofEpochMilli(of(time));
  }
}
