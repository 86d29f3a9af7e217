package dev.handoff.systems.audit;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which entries are asked for; null asks for all.
///
/// @param kind the word of a kind
/// @param account the id of the account that they are about
/// @param from not before this time
/// @param to before this time
/// @param after the id of the entry after which the page begins
public record AuditFilter(
    @Nullable String kind,
    @Nullable String account,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String after) {
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);

  public AuditFilter kind(Optional<AuditKind> kind) {
    return new AuditFilter(kind.map(AuditKind::word).orElse(null), account, from, to, after);
  }

  public AuditFilter account(String account) {
    return new AuditFilter(kind, account, from, to, after);
  }

  public AuditFilter between(@Nullable Instant from, @Nullable Instant to) {
    return new AuditFilter(kind, account, from, to, after);
  }

  public AuditFilter after(@Nullable String id) {
    return new AuditFilter(kind, account, from, to, id);
  }
}
