package dev.handoff.systems.teamevaluation.names;

/// Letters, or digits, of a text that stand together and are written in one way: "SanneDeVries" is
/// three pieces.
///
/// @param text in small letters, folded
/// @param gap what is between this piece and the one before
/// @param opens whether it begins a sentence, or something like one, so that a capital says nothing
record Piece(TextSpan span, String text, Casing casing, Gap gap, boolean opens) {
  enum Casing {
    LOWER,
    TITLE,
    UPPER,
    DIGITS
  }

  enum Gap {
    /// The two are written as one word.
    NONE,
    /// A hyphen, an apostrophe, an underscore, a dot; also a hyphen at the end of a line.
    TIGHT,
    /// A dot and a space, as after an initial.
    DOT,
    /// As between a surname and the first name behind it.
    COMMA,
    /// A space, a line break, a slash.
    SPACE,
    /// The two do not belong together.
    BREAK
  }

  boolean isWord() {
    return casing != Casing.DIGITS;
  }

  boolean isTitle() {
    return casing == Casing.TITLE;
  }

  boolean isCapital() {
    return casing == Casing.TITLE || casing == Casing.UPPER;
  }

  int length() {
    return text.length();
  }
}
