package dev.handoff.systems.kit;

/// Finds where a JSON value ends in a text that goes on.
final class JsonEnd {
  private JsonEnd() {}

  /// The place behind the bracket that closes the one at this place; -1 if there is none.
  static int of(String text, int from) {
    int depth = 0;
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at = ofString(text, at) - 1;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
        if (depth == 0) {
          return at + 1;
        }
      }
    }
    return -1;
  }

  /// The place behind the quote that closes the one at this place; the text's end if there is none.
  static int ofString(String text, int from) {
    for (int at = from + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '"') {
        return at + 1;
      }
    }
    return text.length();
  }
}
