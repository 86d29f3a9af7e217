package dev.handoff.spring.webhooks;

import dev.handoff.Submission;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A webhook: the URL of an owner that receives the ends of tasks.
///
/// @param disabledAt when its receiver said that it is gone for good; null while it is in use
record Webhook(
    String id,
    OwnerScope scope,
    WebhookRequest request,
    Secrets secrets,
    Instant createdAt,
    @Nullable Instant disabledAt) {
  /// The owner of tasks, within a tenant; the tenant is empty where there is none.
  record OwnerScope(String owner, String tenant) {
    static OwnerScope of(String owner, @Nullable String tenant) {
      return new OwnerScope(owner, tenant == null ? "" : tenant);
    }

    static OwnerScope of(Submission submission) {
      return of(submission.owner(), submission.tenant());
    }
  }

  /// The owner's request; no types mean all types.
  record WebhookRequest(
      URI url, List<String> events, Set<String> types, @Nullable String description) {
    WebhookRequest {
      events = List.copyOf(events);
      types = Set.copyOf(types);
    }

    boolean wants(String event, String type) {
      return events.contains(event) && (types.isEmpty() || types.contains(type));
    }
  }

  /// The secrets that sign deliveries, as `whsec_…`; the old one is used beside the new one for a
  /// while.
  record Secrets(String current, @Nullable String old, @Nullable Instant oldUntil) {
    List<String> validAt(Instant now) {
      return old != null && oldUntil != null && now.isBefore(oldUntil)
          ? List.of(current, old)
          : List.of(current);
    }

    /// Leaves the secret out of logs.
    @Override
    public String toString() {
      return "Secrets";
    }
  }

  boolean isDisabled() {
    return disabledAt != null;
  }
}
