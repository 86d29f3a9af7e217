package dev.handoff.systems.zoneinsights;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A question of the bank. One with a numeric value has no options; the others have four, answered
/// by their letters.
public record Question(
    long id, Topic topic, String text, Kind kind, List<String> options, Solution solution) {
  public static final List<String> LETTERS = List.of("A", "B", "C", "D");

  public enum Kind {
    MCQ,
    /// By a number or a word.
    NVT;

    /// As stored; anything that is no value is answered by choosing.
    static Kind of(String word) {
      return word.equals("NVT") ? NVT : MCQ;
    }
  }

  /// What is never sent while a test is being taken. Misconceptions are those behind wrong options,
  /// by their letters.
  public record Solution(
      String answer, String explanation, Map<String, String> misconceptions, String difficulty) {
    public Solution {
      misconceptions = Map.copyOf(misconceptions);
    }

    /// What somebody who chose this option may believe.
    Optional<String> misconceptionBehind(String letter) {
      return Optional.ofNullable(misconceptions.get(letter));
    }
  }

  public Question {
    options = List.copyOf(options);
  }

  /// The option with this letter; nothing where there is none.
  public Optional<String> option(String letter) {
    int index = LETTERS.indexOf(letter);
    return index < 0 || index >= options.size()
        ? Optional.empty()
        : Optional.of(options.get(index));
  }
}
