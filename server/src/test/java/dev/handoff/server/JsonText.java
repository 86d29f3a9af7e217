package dev.handoff.server;

/// Short JSON in one line of Java without escapes; longer JSON stands in text blocks.
final class JsonText {
  private JsonText() {}

  /// Returns this text with double quotes for single ones, its format specifiers replaced by the
  /// values.
  static String json(String singleQuoted, Object... values) {
    String json = singleQuoted.replace('\'', '"');
    return values.length == 0 ? json : json.formatted(values);
  }
}
