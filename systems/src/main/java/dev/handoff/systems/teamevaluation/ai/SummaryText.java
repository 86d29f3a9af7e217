package dev.handoff.systems.teamevaluation.ai;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Looks at what a model wrote for a pupil, and mends what can be mended.
final class SummaryText {
  private static final int SHORTEST = 21;
  private static final int LONGEST = 2_000;
  private static final int SENTENCES = 7;

  private static final Pattern MARKDOWN =
      Pattern.compile(
          "```[a-zA-Z]*|\\*\\*|__|`+|^\\s*(?:[#>*•-]+|\\d{1,2}[.)])\\s+", Pattern.MULTILINE);
  private static final Pattern INTRODUCTION =
      Pattern.compile(
          "^(?:hier(?:onder)? (?:is|vind je|volgt)[^:.]{0,80}:|(?:de )?samenvatting:)\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern QUOTED = Pattern.compile("^[\"“„'](.*)[\"”']$");
  private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[.!?])\\s+(?=\\p{Lu})");
  private static final Pattern REFUSAL =
      Pattern.compile(
          "\\bik kan (?:\\w+ ){0,3}niet\\b|\\bkan ik (?:\\w+ ){0,3}niet\\b|\\bhet spijt me\\b"
              + "|\\bik (?:mag|ben niet in staat|weiger)\\b|\\bals (?:een )?(?:ai|taalmodel)\\b"
              + "|\\bI (?:can(?:no|')t|can not|won't|am unable|am not able|must decline)\\b"
              + "|\\bI['’]m (?:sorry|unable|not able)\\b|\\bI am sorry\\b|\\bas an AI\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern ABOUT_SOMEBODY =
      Pattern.compile("\\b(?:de|deze) (?:leerling|student)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern TO_THE_PUPIL =
      Pattern.compile("\\b(?:je|jij|jou|jouw)\\b", Pattern.CASE_INSENSITIVE);

  private SummaryText() {}

  /// The text as running text of at most seven sentences; nothing for a refusal, for what is too
  /// short, and for what is not said to the pupil.
  static Optional<String> checked(String answer) {
    String lines = MARKDOWN.matcher(answer).replaceAll("");
    String text = INTRODUCTION.matcher(lines.replaceAll("\\s+", " ").strip()).replaceFirst("");
    String bare = QUOTED.matcher(text).replaceFirst("$1").strip();
    if (bare.length() < SHORTEST
        || bare.length() > LONGEST
        || isRefusal(bare)
        || ABOUT_SOMEBODY.matcher(bare).find()
        || !TO_THE_PUPIL.matcher(bare).find()) {
      return Optional.empty();
    }
    return Optional.of(shortened(bare));
  }

  static boolean isRefusal(String text) {
    return REFUSAL.matcher(text).find();
  }

  // The last sentence is the advice.
  private static String shortened(String text) {
    List<String> sentences = List.of(END_OF_SENTENCE.split(text));
    if (sentences.size() <= SENTENCES) {
      return text;
    }
    List<String> kept = new ArrayList<>(sentences.subList(0, SENTENCES - 1));
    kept.add(sentences.getLast());
    return String.join(" ", kept);
  }
}
