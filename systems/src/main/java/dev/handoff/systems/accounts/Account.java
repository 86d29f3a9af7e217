package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Caller;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person who can log in.
public record Account(
    UUID id,
    String username,
    String email,
    PersonName name,
    String timezone,
    Role role,
    AccountState standing) {

  public record PersonName(String first, String last) {}

  /// Whether the account may be used, is a paying one, and which school it belongs to.
  public record AccountState(boolean active, boolean premium, @Nullable String tenant) {}

  /// What a student puts on a form: `STU` and twelve letters and digits that follow from the id.
  public String studentId() {
    return studentIdOf(id);
  }

  public static String studentIdOf(UUID id) {
    return "STU" + id.toString().replace("-", "").substring(0, 12).toUpperCase(Locale.ROOT);
  }

  /// Under which name its tasks run.
  public Caller asCaller() {
    return new Caller(id.toString(), standing.tenant());
  }
}
