package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.teamevaluation.Member.School;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// One round of pupils assessing each other.
record Evaluation(
    long id,
    School school,
    String title,
    String type,
    Status status,
    @Nullable LocalDate deadline) {
  enum Status {
    DRAFT("draft"),
    OPEN("open"),
    CLOSED("closed");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Status ofWord(String word) {
      for (Status status : values()) {
        if (status.word.equals(word)) {
          return status;
        }
      }
      throw new IllegalArgumentException("no evaluation is " + word);
    }
  }
}
