package dev.handoff.systems.audit;

import java.security.Principal;

/// A caller whose name in the audit log is another one than that of its account.
public interface AuditActor extends Principal {
  /// Such as `key:0123456789abcdef`.
  String auditName();
}
