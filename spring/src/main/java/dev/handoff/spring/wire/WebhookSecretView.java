package dev.handoff.spring.wire;

import java.time.Instant;

/// A new secret, answered once; the one before signs along until then.
public record WebhookSecretView(String secret, Instant oldSecretUntil) {
  /// Names no secret.
  @Override
  public String toString() {
    return "WebhookSecretView";
  }
}
