package dev.handoff;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A task as it stood at one moment.
public record Task(
    TaskId id,
    String type,
    Submission submission,
    TaskState state,
    Activity activity,
    Timeline timeline) {

  /// What has been done on it: how far the last attempt came, its number (0 before the first), the
  /// most there may be (a retry by hand raises it), tokens of all attempts together, and the number
  /// of the last event.
  public record Activity(
      Progress progress, int attempt, int maxAttempts, Usage usage, long lastEvent) {}

  /// When what happened. `startedAt` is the first attempt's start; `expiresAt` is set when it
  /// ended, and from then on the task is answered like an unknown one.
  public record Timeline(
      Instant createdAt,
      @Nullable Instant startedAt,
      Instant updatedAt,
      @Nullable Instant expiresAt) {}

  /// The result, once it completed.
  public Optional<Payload> result() {
    return state instanceof TaskState.Completed completed
        ? Optional.of(completed.result())
        : Optional.empty();
  }

  /// Returns whether the task is completed, failed or cancelled.
  public boolean isTerminal() {
    return state.isTerminal();
  }

  /// Returns whether it waits for its first attempt although its time to start has passed.
  public boolean isTooLate(Instant now) {
    Instant startBefore = submission.startBefore();
    return state instanceof TaskState.Queued
        && timeline.startedAt() == null
        && startBefore != null
        && !startBefore.isAfter(now);
  }

  /// Returns when the task ended; empty while it is open.
  public Optional<Instant> finishedAt() {
    return switch (state) {
      case TaskState.Queued ignored -> Optional.empty();
      case TaskState.Processing ignored -> Optional.empty();
      case TaskState.Completed(Payload ignored, Instant at) -> Optional.of(at);
      case TaskState.Failed(Failure ignored, Instant at) -> Optional.of(at);
      case TaskState.Cancelled(String ignored, Instant at, var unusedCode) -> Optional.of(at);
    };
  }
}
