package dev.handoff.jdbc.sql;

import org.jspecify.annotations.Nullable;

/// How texts are encoded in columns, so that each is read as it was written.
public enum TextForm {
  PLAIN,
  /// Encodes the character NUL, which PostgreSQL does not store: it and the private character
  /// U+E000 become two characters each.
  WITHOUT_NUL;

  private static final String NUL = "\u0000";
  private static final String MARK = "\ue000";
  private static final String MARKED_NUL = MARK + "0";
  private static final String MARKED_MARK = MARK + "1";

  @Nullable String write(@Nullable String text) {
    if (this == PLAIN || text == null || !(text.contains(NUL) || text.contains(MARK))) {
      return text;
    }
    return text.replace(MARK, MARKED_MARK).replace(NUL, MARKED_NUL);
  }

  @Nullable String read(@Nullable String text) {
    if (this == PLAIN || text == null || !text.contains(MARK)) {
      return text;
    }
    return text.replace(MARKED_NUL, NUL).replace(MARKED_MARK, MARK);
  }
}
