package dev.handoff.systems.trainingvideos;

import java.util.Locale;
import java.util.regex.Pattern;

/// Puts spoken words into written ones by rules: without what people say while they think, each
/// sentence begun with a capital and ended with a stop.
final class PlainWording {
  private static final Pattern FILLERS =
      Pattern.compile(
          "(?i)\\b(?:um+|uh+|er+m?|you know|i mean|basically|actually|kind of|sort of)\\b,?\\s*");
  private static final String MODAL =
      "(?:'re going to|'ll| are going to| will| want to| need to| have to| can)";
  // "So you press" and "you have to press" become "press"; "you are there" stays.
  private static final Pattern OPENERS =
      Pattern.compile(
          "(?i)(^|(?<=[.!?]\\s))"
              + "(?:(?:(?:so|okay|ok|well|now|and|then),?\\s+)+(?:(?:you|we)"
              + MODAL
              + "?\\s+(?!(?:are|were|have|can|will)\\b))?|(?:you|we)"
              + MODAL
              + "\\s+)(?=\\p{L})");
  private static final Pattern SENTENCE_BEGIN = Pattern.compile("(^|[.!?]\\s+)(\\p{Ll})");

  private PlainWording() {}

  static String of(String text) {
    String calm = FILLERS.matcher(text).replaceAll("");
    String direct = OPENERS.matcher(calm).replaceAll("$1");
    String tidy = direct.replaceAll("\\s+", " ").replaceAll("\\s+([,.!?])", "$1").strip();
    tidy = tidy.replaceAll("[,;]+(?=[.!?]|$)", "");
    if (tidy.isEmpty()) {
      return text.strip();
    }
    String begun =
        SENTENCE_BEGIN
            .matcher(tidy)
            .replaceAll(match -> match.group(1) + match.group(2).toUpperCase(Locale.ROOT));
    return begun.matches("(?s).*[.!?:]$") ? begun : begun + ".";
  }
}
