package dev.handoff.spring.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /webhooks`. No events mean all three, no types mean all.
public record NewWebhook(
    String url,
    @Nullable List<String> events,
    @Nullable List<String> types,
    @Nullable String description) {}
