package dev.handoff.systems.satbuddy.offline;

import java.util.Locale;
import java.util.Optional;

/// How hard a practice question is.
public enum Difficulty {
  EASY,
  /// Two or three steps, as in the middle of a module.
  MEDIUM,
  /// Needs an idea, as at the end of a module.
  HARD;

  /// The difficulty of this name in any case, such as `easy`; empty when there is none.
  public static Optional<Difficulty> parse(String name) {
    for (Difficulty difficulty : values()) {
      if (difficulty.name().equalsIgnoreCase(name.strip())) {
        return Optional.of(difficulty);
      }
    }
    return Optional.empty();
  }

  /// The name on the wire.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
