package dev.handoff.systems.promptgeneration;

import java.util.regex.Pattern;

/// What models put around a prompt although they were asked not to.
final class PromptText {
  private static final String FENCE = "```";
  private static final Pattern INTRODUCED =
      Pattern.compile(
          "\\A(?:sure|certainly|of course|here is|here's)[^\\n]{0,120}:\\s*\\n+(?=\\S)",
          Pattern.CASE_INSENSITIVE);

  private PromptText() {}

  /// The prompt alone; blank when there is none.
  static String alone(String answer) {
    // PostgreSQL keeps no text with a zero in it.
    String text = answer.replace("\0", "").strip();
    return withoutFence(INTRODUCED.matcher(text).replaceFirst(""));
  }

  // Only a fence around the whole: one within belongs to the prompt.
  private static String withoutFence(String text) {
    int from = text.indexOf('\n') + 1;
    int to = text.lastIndexOf(FENCE);
    boolean fenced = text.startsWith(FENCE) && text.endsWith(FENCE) && from > 0 && to >= from;
    if (!fenced || text.substring(from, to).contains(FENCE)) {
      return text;
    }
    return text.substring(from, to).strip();
  }

  /// The simple combination: the template, a blank line, the notes; or the notes alone.
  static String combined(String template, String notes) {
    return template.isBlank() ? notes : template.strip() + "\n\n" + notes;
  }
}
