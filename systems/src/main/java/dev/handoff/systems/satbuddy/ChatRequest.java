package dev.handoff.systems.satbuddy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// What a pupil sends: the message, what it is about, uploaded images, and the turns before it.
public record ChatRequest(String message, String context, List<UUID> images, List<Turn> history) {
  public ChatRequest {
    images = List.copyOf(images);
    history = List.copyOf(history);
  }

  public record Turn(Speaker speaker, String text) {}

  public enum Speaker {
    STUDENT,
    SAT_BUDDY;

    /// As the AI reads it.
    public String label() {
      return this == STUDENT ? "Student" : "SAT Buddy";
    }
  }

  /// The message in a form in which common questions are equal, if it depends on nothing else.
  Optional<String> asCommonQuestion() {
    boolean alone = context.isBlank() && images.isEmpty() && history.isEmpty();
    return alone
        ? Optional.of(message.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
