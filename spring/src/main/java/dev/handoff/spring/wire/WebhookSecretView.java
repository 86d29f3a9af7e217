package dev.handoff.spring.wire;

import java.time.Instant;

/// A new secret, answered once; the one before signs along until then.
public record WebhookSecretView(String secret, Instant oldSecretUntil) {
  /// Leaves the secret out of logs.
  @Override
  public String toString() {
    return "WebhookSecretView";
  }
}
