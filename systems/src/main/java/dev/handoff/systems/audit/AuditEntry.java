package dev.handoff.systems.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was noted of an event.
///
/// @param id later entries of a node have greater ones
/// @param actor who did it: an account's id, `key:` or `task-token:` with an id, `command` for the
///   server's own commands; null for nobody known
/// @param account the account that it is about
/// @param address where the request came from; null for a command
/// @param target what it was done to
record AuditEntry(
    String id,
    Instant at,
    String kind,
    String outcome,
    @Nullable String actor,
    @Nullable String account,
    @Nullable String tenant,
    @Nullable String address,
    @Nullable String requestId,
    @Nullable String target) {}
