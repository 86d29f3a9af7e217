package dev.handoff.ai.provider;

/// Puts characters together whose halves come in two pieces. A half without the other one becomes
/// U+FFFD. Confined to one thread.
final class WholeCharacters {
  private static final char REPLACEMENT = '\uFFFD';

  private String held = "";

  /// The whole characters so far; the first half of one at the end waits for the next piece.
  String next(String piece) {
    String text = held + piece;
    boolean waits = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    int end = waits ? text.length() - 1 : text.length();
    held = text.substring(end);
    return whole(text.substring(0, end));
  }

  /// What waited in vain.
  String rest() {
    String rest = whole(held);
    held = "";
    return rest;
  }

  private static String whole(String text) {
    StringBuilder whole = new StringBuilder(text);
    for (int at = 0; at < whole.length(); at++) {
      if (Character.isSurrogate(whole.charAt(at))) {
        boolean pair =
            at + 1 < whole.length()
                && Character.isSurrogatePair(whole.charAt(at), whole.charAt(at + 1));
        if (pair) {
          at++;
        } else {
          whole.setCharAt(at, REPLACEMENT);
        }
      }
    }
    return whole.toString();
  }
}
