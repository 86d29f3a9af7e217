package dev.handoff.systems.audit;

import org.jspecify.annotations.Nullable;

/// Where an event comes from.
///
/// @param actor an account's id, `key:` or `task-token:` with an id, `command` for the server's own
///   commands; null for nobody known
/// @param account the account that acts, by itself or through its key
/// @param tenant the tenant of that account
/// @param address where the request came from; null for a command
public record AuditOrigin(
    @Nullable String actor,
    @Nullable String account,
    @Nullable String tenant,
    @Nullable String address,
    @Nullable String requestId) {
  /// The server's own commands.
  public static final AuditOrigin COMMAND = new AuditOrigin("command", null, null, null, null);

  /// What is done by no request.
  public static final AuditOrigin SERVER = new AuditOrigin(null, null, null, null, null);
}
