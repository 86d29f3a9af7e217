package dev.handoff.systems.accounts;

import dev.handoff.spring.web.Caller;
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
    Standing standing) {

  /// What a person is called.
  public record PersonName(String first, String last) {}

  /// Whether the account may be used, is a paying one, and which school it belongs to.
  public record Standing(boolean active, boolean premium, @Nullable String tenant) {}

  /// Under which name its tasks run.
  public Caller asCaller() {
    return new Caller(id.toString(), standing.tenant());
  }
}
