package dev.handoff.systems.satbuddy.offline;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells pupils who ask for practice questions in the chat where to get them.
final class PracticeHint {
  private static final Pattern WISH =
      Pattern.compile(
          "\\b(?:give|generate|make|create|send)\\b"
              + "(?:\\s+(?!for\\b|this\\b|that\\b|the\\b|about\\b|with\\b|to\\b|hints?\\b)[\\w-]+){0,6}"
              + "\\s+(?:questions?|problems?|exercises?|quiz)\\b"
              + "|\\bpractice (?:questions?|problems?|exercises?)\\b"
              + "|\\b(?:another|more) (?:questions?|problems?|exercises?)\\b"
              + "|\\b(?:quiz|test) me\\b");

  private PracticeHint() {}

  /// The hint, when the message asks for questions to practise with.
  static Optional<String> answer(String message) {
    if (!WISH.matcher(message.toLowerCase(Locale.ROOT)).find()) {
      return Optional.empty();
    }
    return Optional.of(
        """
        Practice questions come from **Question mode**: press *Generate a Practice Question* (or the generate button beside the input), then describe the topic, for example

        - "linear equations" or "hard quadratics"
        - "percentages", "probability" or "circles"
        - "punctuation", "transitions" or "vocabulary in context"

        You get four options, and after your answer the explanation.\
        """);
  }
}
