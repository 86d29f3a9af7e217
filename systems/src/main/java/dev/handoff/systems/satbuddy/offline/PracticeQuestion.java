package dev.handoff.systems.satbuddy.offline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A multiple-choice question: its text in markdown with LaTeX, four different options under the
/// letters A to D in that order, the letter of the right one, and an explanation.
public record PracticeQuestion(
    String question,
    SequencedMap<String, String> options,
    String correctAnswer,
    String explanation) {
  /// The letters of the options, in order.
  public static final List<String> LETTERS = List.of("A", "B", "C", "D");

  /// Copies the options; refuses other letters, equal options and a right answer that is none.
  public PracticeQuestion {
    SequencedMap<String, String> copy = new LinkedHashMap<>(options);
    boolean lettered = List.copyOf(copy.keySet()).equals(LETTERS);
    if (!lettered || copy.values().stream().distinct().count() != LETTERS.size()) {
      throw new IllegalArgumentException("A question has four different options A to D");
    }
    if (!copy.containsKey(correctAnswer)) {
      throw new IllegalArgumentException("The right answer is one of the options");
    }
    options = Collections.unmodifiableSequencedMap(copy);
  }

  /// The text of the right option.
  public String correctOption() {
    return Map.copyOf(options).getOrDefault(correctAnswer, "");
  }
}
