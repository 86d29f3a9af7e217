package dev.handoff.systems.satbuddy;

import java.util.Locale;
import java.util.Optional;

/// What kind of practice question is wanted.
public record QuestionRequest(String topic, Difficulty difficulty) {
  public enum Difficulty {
    EASY,
    MEDIUM,
    HARD;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Difficulty> of(String word) {
      for (Difficulty difficulty : values()) {
        if (difficulty.word().equals(word)) {
          return Optional.of(difficulty);
        }
      }
      return Optional.empty();
    }
  }
}
