package dev.handoff;

import java.util.Optional;
import java.util.UUID;

/// The name of one task: a UUID of version 7, so ids sort by the time of their making and cannot be
/// guessed (62 random bits).
public record TaskId(UUID value) implements Comparable<TaskId> {
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

  @Override
  public int compareTo(TaskId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
