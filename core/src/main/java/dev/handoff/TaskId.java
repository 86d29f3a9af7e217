package dev.handoff;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The name of one task: a UUID of version 7, so ids sort by the time of their making and cannot be
/// guessed (62 random bits).
public record TaskId(UUID value) implements Comparable<TaskId> {
  // 48 bits of them are in an id.
  private static final long LAST_MILLIS = (1L << 48) - 1;

  /// The id in this text, or nothing when the text is not a UUID in its usual 36 characters. An
  /// outsider's text is never an error here: a wrong id is answered like an unknown one.
  public static Optional<TaskId> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      TaskId id = new TaskId(UUID.fromString(text));
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  /// Where the ids made from this time on begin: all of them sort after it, and all that were made
  /// in earlier milliseconds before it.
  public static TaskId firstAt(Instant time) {
    long exact = Math.clamp(time.getEpochSecond(), 0, LAST_MILLIS / 1000) * 1000;
    // Rounded up: an id is made at the beginning of its millisecond.
    long millis = exact + (time.getEpochSecond() < 0 ? 0 : (time.getNano() + 999_999) / 1_000_000);
    return new TaskId(new UUID(Math.min(millis, LAST_MILLIS) << 16, 0));
  }

  @Override
  public int compareTo(TaskId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
