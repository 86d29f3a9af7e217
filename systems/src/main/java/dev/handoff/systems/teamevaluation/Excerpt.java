package dev.handoff.systems.teamevaluation;

/// The beginning of a text that is too long to be told whole.
public final class Excerpt {
  private Excerpt() {}

  /// The text in at most so many characters, the mark included that says something is missing. A
  /// character that takes two places is there whole or not at all.
  public static String of(String text, int most, String mark) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - mark.length();
    boolean isHalf = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, isHalf ? end - 1 : end) + mark;
  }
}
