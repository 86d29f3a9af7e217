package dev.handoff.systems.audit;

import java.time.Duration;
import java.util.Optional;

/// What an audit entry is about.
public enum AuditKind {
  LOGIN_OK("login.ok", AuditOutcome.OK),
  LOGIN_FAILED("login.failed", AuditOutcome.FAILED),
  /// Too many attempts; at most one entry a minute for an account and an address.
  LOGIN_LIMITED("login.limited", AuditOutcome.REFUSED),
  /// The right password of a deactivated account.
  LOGIN_REFUSED("login.refused", AuditOutcome.REFUSED),
  LOGOUT("logout", AuditOutcome.OK),
  SESSION_ENDED("session.ended", AuditOutcome.OK),
  /// A renewal with a token that was used before: somebody copied it, and the login has ended.
  SESSION_COPIED("session.copied", AuditOutcome.REFUSED),
  PASSWORD_CHANGED("password.changed", AuditOutcome.OK),
  /// A wrong old password.
  PASSWORD_FAILED("password.failed", AuditOutcome.FAILED),
  ACCOUNT_ADDED("account.added", AuditOutcome.OK),
  ACCOUNT_ROLE("account.role", AuditOutcome.OK),
  ACCOUNT_DEACTIVATED("account.deactivated", AuditOutcome.OK),
  ACCOUNT_ACTIVATED("account.activated", AuditOutcome.OK),
  /// A one-time link with which a password is set.
  LINK_MADE("link.made", AuditOutcome.OK),
  LINK_USED("link.used", AuditOutcome.OK),
  KEY_MADE("key.made", AuditOutcome.OK),
  KEY_REVOKED("key.revoked", AuditOutcome.OK),
  TOKEN_MADE("token.made", AuditOutcome.OK),
  TOKEN_REVOKED("token.revoked", AuditOutcome.OK),
  WEBHOOK_MADE("webhook.made", AuditOutcome.OK),
  /// It has another secret.
  WEBHOOK_CHANGED("webhook.changed", AuditOutcome.OK),
  WEBHOOK_ENDED("webhook.ended", AuditOutcome.OK),
  /// An operator set its limits.
  GATE_CHANGED("gate.changed", AuditOutcome.OK),
  /// An operator had somebody's failed task tried again.
  TASK_RETRIED("task.retried", AuditOutcome.OK),
  /// An operator submitted somebody's request once more.
  TASK_COPIED("task.copied", AuditOutcome.OK),
  /// An operator looked at what a task holds.
  PAYLOAD_READ("payload.read", AuditOutcome.OK),
  /// An operator asked to end somebody's task.
  TASK_CANCELLED("task.cancelled", AuditOutcome.OK),
  /// A teacher looked at what belongs to a pupil; at most one entry an hour for both of them.
  PUPIL_READ("pupil.read", AuditOutcome.OK),
  /// A link with which anybody can watch a training module.
  SHARE_MADE("share.made", AuditOutcome.OK),
  SHARE_ENDED("share.ended", AuditOutcome.OK),
  /// At most one entry an hour for a share and an address.
  SHARE_VIEWED("share.viewed", AuditOutcome.OK),
  /// A call that its caller may not make; at most one entry a minute for a caller and a call.
  CALL_REFUSED("call.refused", AuditOutcome.REFUSED),
  /// At most one entry an hour for a reader and a filter.
  AUDIT_READ("audit.read", AuditOutcome.OK);

  private final String word;
  private final AuditOutcome outcome;

  AuditKind(String word, AuditOutcome outcome) {
    this.word = word;
    this.outcome = outcome;
  }

  /// How it ended.
  public enum AuditOutcome {
    OK("ok"),
    /// Tried, and what was given was wrong.
    FAILED("failed"),
    /// Not allowed.
    REFUSED("refused");

    private final String word;

    AuditOutcome(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  public String word() {
    return word;
  }

  String outcome() {
    return outcome.word();
  }

  /// In what time there is at most one entry of the same; zero for no such bound.
  Duration atMostOnceIn() {
    return switch (this) {
      case LOGIN_LIMITED, CALL_REFUSED -> Duration.ofMinutes(1);
      case PUPIL_READ, SHARE_VIEWED, AUDIT_READ -> Duration.ofHours(1);
      default -> Duration.ZERO;
    };
  }

  public static Optional<AuditKind> ofWord(String word) {
    for (AuditKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
