package dev.handoff.systems.promptgeneration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What models put around a prompt although they were asked not to.
final class PromptText {
  private static final Pattern FENCED =
      Pattern.compile("\\A\\s*```[a-zA-Z]*\\s*\\n(.*?)\\n?```\\s*\\z", Pattern.DOTALL);
  private static final Pattern INTRODUCED =
      Pattern.compile(
          "\\A(?:sure|certainly|of course|here is|here's)[^\\n]{0,120}:\\s*\\n+(?=\\S)",
          Pattern.CASE_INSENSITIVE);

  private PromptText() {}

  /// The prompt alone; blank when there is none.
  static String alone(String answer) {
    String text = INTRODUCED.matcher(answer.strip()).replaceFirst("");
    Matcher fenced = FENCED.matcher(text);
    return (fenced.matches() ? fenced.group(1) : text).strip();
  }

  /// The simple combination: the template, a blank line, the notes; or the notes alone.
  static String combined(String template, String notes) {
    return template.isBlank() ? notes : template.strip() + "\n\n" + notes;
  }
}
