package dev.handoff.ai.provider;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The tags between which models write their thoughts.
final class ThoughtTags {
  private static final List<String> NAMES =
      List.of(
          "think",
          "thinking",
          "thought",
          "thoughts",
          "reasoning",
          "reason",
          "reasoning_content",
          "reflection",
          "scratchpad",
          "inner_monologue",
          "antthinking",
          "seed:think");

  /// With attributes, as some templates and gateways write them.
  private static final Pattern OPENING =
      Pattern.compile(
          "<(" + String.join("|", NAMES) + ")(?:\\s[^<>`]{0,60})?(>|$)", Pattern.CASE_INSENSITIVE);

  /// Pairs that are not written as HTML.
  private static final Map<String, String> OTHERS =
      Map.of(
          "[think]", "[/think]",
          "◁think▷", "◁/think▷",
          "<|begin_of_thought|>", "<|end_of_thought|>",
          "<|channel|>analysis<|message|>", "<|end|>",
          "<|start|>assistant<|channel|>analysis<|message|>", "<|end|>",
          "<|start_thinking|>", "<|end_thinking|>",
          "<|think|>", "<|/think|>",
          "<unused94>", "<unused95>");

  /// What models write around the answer itself, after such thoughts.
  private static final List<String> MARKS =
      List.of(
          "<|start|>assistant<|channel|>final<|message|>",
          "<|channel|>final<|message|>",
          "<|begin_of_solution|>",
          "<|start_response|>");

  /// The longest opening tag, in characters.
  static final int LONGEST = 96;

  private ThoughtTags() {}

  /// An opening tag at the beginning of a text, and the one that closes it. A mark has no content.
  record Opening(int length, String closing) {
    boolean isMark() {
      return closing.isEmpty();
    }
  }

  /// The tag with which this text begins.
  static Optional<Opening> at(String text) {
    Matcher html = OPENING.matcher(text);
    if (html.lookingAt() && !html.group(2).isEmpty()) {
      return Optional.of(
          new Opening(html.end(), "</" + html.group(1).toLowerCase(Locale.ROOT) + ">"));
    }
    String lower = head(text);
    return Stream.concat(
            OTHERS.entrySet().stream(), MARKS.stream().map(mark -> Map.entry(mark, "")))
        .filter(pair -> lower.startsWith(pair.getKey()))
        .map(pair -> new Opening(pair.getKey().length(), pair.getValue()))
        .findFirst();
  }

  /// Whether this text may be the beginning of a tag, the rest of which is to come.
  static boolean mayBegin(String text) {
    String lower = head(text);
    return OPENING.matcher(text).lookingAt()
        || NAMES.stream().anyMatch(name -> ("<" + name).startsWith(lower))
        || Stream.concat(OTHERS.keySet().stream(), MARKS.stream())
            .anyMatch(tag -> tag.startsWith(lower));
  }

  private static String head(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST)).toLowerCase(Locale.ROOT);
  }

  /// Where this closing tag stands in a text, in whatever case; -1 for nowhere.
  static int indexOf(String closing, CharSequence text, int from) {
    int last = text.length() - closing.length();
    for (int at = Math.max(0, from); at <= last; at++) {
      if (text.subSequence(at, at + closing.length()).toString().equalsIgnoreCase(closing)) {
        return at;
      }
    }
    return -1;
  }
}
