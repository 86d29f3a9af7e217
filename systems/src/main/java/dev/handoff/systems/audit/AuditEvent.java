package dev.handoff.systems.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something to be noted. It holds ids, words of ours and names of gates: nothing else that
/// somebody typed.
///
/// @param account the id of the account that it is about; null for none, or an unknown one
/// @param tenant the tenant of that account
/// @param target what it was done to, such as the id of a key; null if that is the account
/// @param byAccount whether the account itself proved who it is, with no login before
public record AuditEvent(
    AuditKind kind,
    @Nullable String account,
    @Nullable String tenant,
    @Nullable String target,
    boolean byAccount) {
  /// About nobody's account.
  public static AuditEvent of(AuditKind kind) {
    return new AuditEvent(kind, null, null, null, false);
  }

  public AuditEvent about(UUID account, @Nullable String tenant) {
    return about(account.toString(), tenant);
  }

  public AuditEvent about(String account, @Nullable String tenant) {
    return new AuditEvent(kind, account, tenant, target, byAccount);
  }

  public AuditEvent target(String target) {
    return new AuditEvent(kind, account, tenant, target, byAccount);
  }

  /// By whoever proved with a password, a link or a token to be this account.
  public AuditEvent by(UUID account, @Nullable String tenant) {
    return new AuditEvent(kind, account.toString(), tenant, target, true);
  }
}
