package dev.handoff.spring.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A new webhook with its secret, which is answered only once.
public record CreatedWebhookView(
    String id,
    String url,
    List<String> events,
    List<String> types,
    @Nullable String description,
    Instant createdAt,
    @Nullable Instant disabledAt,
    String secret) {
  /// Leaves the secret out of logs.
  @Override
  public String toString() {
    return "CreatedWebhookView[id=" + id + "]";
  }
}
