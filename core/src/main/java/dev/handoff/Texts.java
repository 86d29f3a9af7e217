package dev.handoff;

/// Makes texts storable: whole characters of Unicode only.
final class Texts {
  private static final char REPLACEMENT = '\ufffd';

  private Texts() {}

  /// At most so many of its UTF-16 units, without half a character at the end, and with what is no
  /// character replaced.
  static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return wellFormed(text);
    }
    boolean splits = Character.isHighSurrogate(text.charAt(limit - 1));
    return wellFormed(text.substring(0, splits ? limit - 1 : limit));
  }

  /// The text with U+FFFD for each surrogate without its other half. Costs a look at each unit.
  static String wellFormed(String text) {
    int broken = firstBroken(text);
    if (broken < 0) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text);
    for (int i = broken; i < mended.length(); i++) {
      if (isPair(mended, i)) {
        i++;
      } else if (Character.isSurrogate(mended.charAt(i))) {
        mended.setCharAt(i, REPLACEMENT);
      }
    }
    return mended.toString();
  }

  static boolean isWellFormed(String text) {
    return firstBroken(text) < 0;
  }

  private static int firstBroken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static boolean isPair(CharSequence text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
