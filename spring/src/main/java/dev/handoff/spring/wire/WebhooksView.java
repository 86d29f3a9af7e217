package dev.handoff.spring.wire;

import java.util.List;

/// An owner's webhooks, the oldest first.
public record WebhooksView(List<WebhookView> webhooks) {}
