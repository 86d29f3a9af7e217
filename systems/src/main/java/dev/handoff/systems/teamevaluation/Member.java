package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.RefusedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A person of a school.
///
/// @param account the account that the person logs in with; null for who has none
public record Member(
    long id, School school, @Nullable String account, String name, Part part, Group group) {
  static final String NOT_ALLOWED = "Not allowed";

  /// A school: its number on the wire, and the tenant that its accounts and tasks are in.
  public record School(long id, String tenant) {}

  /// Where in the school: the class and the team within it, where there are any.
  public record Group(@Nullable String className, @Nullable Integer team) {}

  /// What a person may do in a school.
  public enum Part {
    STUDENT,
    TEACHER,
    ADMIN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Part ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  public boolean isStudent() {
    return part == Part.STUDENT;
  }

  /// Itself, if it teaches.
  ///
  /// @throws RefusedException when it does not (403)
  public Member teaching() {
    if (isStudent()) {
      throw RefusedException.of(403, NOT_ALLOWED);
    }
    return this;
  }

  /// Whether it may see what is this pupil's own.
  boolean maySee(long student) {
    return !isStudent() || id == student;
  }

  /// Under whose name the pupil's tasks run, whoever asked for them: so the pupil can follow them.
  String taskOwner() {
    return account == null ? "student:" + id : account;
  }
}
