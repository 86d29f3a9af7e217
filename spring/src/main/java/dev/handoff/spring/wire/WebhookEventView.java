package dev.handoff.spring.wire;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// The body of a message to a webhook.
///
/// @param type what happened, such as `task.completed`
/// @param timestamp when
/// @param data the task as it ended
public record WebhookEventView(String type, Instant timestamp, JsonNode data) {}
