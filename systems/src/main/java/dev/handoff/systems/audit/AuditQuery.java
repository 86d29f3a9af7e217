package dev.handoff.systems.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which entries are asked for; null asks for all.
///
/// @param kind the word of a kind
/// @param account the id of the account that they are about
/// @param from not before this time
/// @param to before this time
/// @param after the id of the entry after which the page begins
public record AuditQuery(
    @Nullable String kind,
    @Nullable String account,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String after) {
  public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null);
}
