package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.teamevaluation.Member.School;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One round of pupils assessing each other.
public record Evaluation(
    long id,
    School school,
    String title,
    String type,
    Status status,
    @Nullable LocalDate deadline) {
  public enum Status {
    DRAFT,
    OPEN,
    CLOSED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Status ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
