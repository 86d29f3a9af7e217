package dev.handoff.systems.teamevaluation.names;

/// What is known of a way to write somebody's name.
///
/// @param near whose name it is
/// @param isFirst whether it is, or begins with, somebody's first name
/// @param cuts after how many letters a space may stand: a bit for each
record NameForm(FormKind kind, Near near, boolean isFirst, long cuts) {
  /// The more is written, the surer it is.
  enum FormKind {
    INITIALS,
    /// The beginning of a first name.
    SHORT,
    /// One word of a name.
    WORD,
    /// Several words, or an initial and a word.
    SEVERAL
  }

  enum Near {
    /// Others of the school.
    SCHOOL,
    /// Those whom the comments are most likely about.
    CLOSE
  }

  boolean isClose() {
    return near == Near.CLOSE;
  }

  /// Both, where two people's names are written alike.
  NameForm and(NameForm other) {
    return new NameForm(
        kind.compareTo(other.kind) >= 0 ? kind : other.kind,
        near.compareTo(other.near) >= 0 ? near : other.near,
        isFirst || other.isFirst,
        cuts | other.cuts);
  }
}
