package dev.handoff.spring.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One message to a webhook, and its state.
///
/// @param task the task that it tells of; null for a test
/// @param waiting why it waits for another attempt, and until when
/// @param answered the receiver's status, when it took the message
public record DeliveryView(
    String id,
    String event,
    @Nullable String task,
    @Words({"queued", "processing", "completed", "failed", "cancelled"}) String state,
    int attempt,
    int maxAttempts,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant finishedAt,
    TaskView.@Nullable WaitingView waiting,
    @Nullable Integer answered,
    @Nullable ErrorView error) {}
