package dev.handoff;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Reads the value of a `Retry-After` header. The wait is kept between 1 s, so that a zero cannot
/// make a busy loop of retries that cost nothing, and 24 h.
final class RetryAfterValue {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private RetryAfterValue() {}

  static Optional<Duration> parse(String value, Instant now) {
    if (value.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      return Optional.of(bounded(Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000))));
    }
    try {
      var date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, date)));
    } catch (DateTimeException ignored) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
