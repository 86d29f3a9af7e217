package dev.handoff.spring.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A webhook without its secret. No types mean all types.
public record WebhookView(
    String id,
    String url,
    List<String> events,
    List<String> types,
    @Nullable String description,
    Instant createdAt,
    @Nullable Instant disabledAt) {}
