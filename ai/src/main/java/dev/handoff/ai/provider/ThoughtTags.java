package dev.handoff.ai.provider;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The tags between which models write their thoughts.
final class ThoughtTags {
  private static final List<String> NAMES =
      List.of("think", "thinking", "thought", "thoughts", "reasoning", "reason", "seed:think");

  /// Pairs that are not written as HTML.
  private static final Map<String, String> OTHERS =
      Map.of(
          "[think]", "[/think]",
          "◁think▷", "◁/think▷",
          "<|begin_of_thought|>", "<|end_of_thought|>",
          "<|channel|>analysis<|message|>", "<|end|>",
          "<|start_thinking|>", "<|end_thinking|>");

  /// The longest opening tag, in characters.
  static final int LONGEST = 32;

  private ThoughtTags() {}

  /// An opening tag at the beginning of a text, and the one that closes it.
  record Opening(int length, String closing) {}

  /// The tag with which this text begins.
  static Optional<Opening> at(String text) {
    String lower = head(text);
    for (String name : NAMES) {
      if (lower.startsWith("<" + name + ">")) {
        return Optional.of(new Opening(name.length() + 2, "</" + name + ">"));
      }
    }
    for (Map.Entry<String, String> pair : OTHERS.entrySet()) {
      if (lower.startsWith(pair.getKey())) {
        return Optional.of(new Opening(pair.getKey().length(), pair.getValue()));
      }
    }
    return Optional.empty();
  }

  /// Whether this text may be the beginning of a tag, the rest of which is to come.
  static boolean mayBegin(String text) {
    String lower = head(text);
    return NAMES.stream().anyMatch(name -> ("<" + name + ">").startsWith(lower))
        || OTHERS.keySet().stream().anyMatch(tag -> tag.startsWith(lower));
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
