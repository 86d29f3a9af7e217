package dev.handoff.systems.satbuddy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A multiple-choice question with four options, in their order, and the name of the right one.
public record PracticeQuestion(
    String question,
    Map<String, String> options,
    @JsonProperty("correct_answer") String correctAnswer,
    String explanation) {
  public PracticeQuestion {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
