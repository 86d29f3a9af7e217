package dev.handoff.spring.wire;

import dev.handoff.Gates;
import dev.handoff.Progress;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskState;
import dev.handoff.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The answer of `GET /tasks/{id}`. It does not contain the task's owner, node and lease.
public record TaskView(
    String id,
    String type,
    @Words({"queued", "processing", "completed", "failed", "cancelled"}) String state,
    ProgressView progress,
    int attempt,
    int maxAttempts,
    @Words({"low", "normal", "high"}) String priority,
    @Nullable String subject,
    Instant createdAt,
    @Nullable Instant startedAt,
    Instant updatedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant expiresAt,
    @Nullable WaitingView waiting,
    @Nullable PlaceView queue,
    @Nullable JsonNode result,
    @Nullable ErrorView error,
    UsageView usage,
    long lastEvent) {
  private static final String WITHOUT_WORKER =
      "No worker takes tasks of this type at the moment; it starts when there is one.";
  private static final String FULL = "It starts as soon as a task before it ends.";
  private static final String CLOSED = "It starts as soon as the service it needs has room again.";

  /// How far the last attempt came; 100 once the task completed, whatever its handler reported.
  public record ProgressView(int percent, @Nullable String message, @Nullable String step) {
    /// What is completed is done whole, whatever was reported last.
    static ProgressView of(TaskStatus status, Progress progress) {
      int percent = status == TaskStatus.COMPLETED ? 100 : progress.percent();
      return new ProgressView(percent, progress.message(), progress.step());
    }
  }

  /// Why a task that was already picked up once is queued, and until when; or, since when, that no
  /// node runs its type; or which gate it waits for, and until when, if that is known.
  public record WaitingView(
      @Words({"retry", "snooze", "no-worker", "gate"}) String reason,
      String message,
      @Nullable Instant until,
      @Nullable String gate) {}

  /// Tokens of all attempts together.
  public record UsageView(long inputTokens, long outputTokens) {}

  /// Returns the task for its owner.
  public static TaskView of(Task task) {
    return of(task, waiting(task.state()));
  }

  /// Returns a due task that waits because no live node runs its type.
  public static TaskView withoutWorker(Task task, Instant due) {
    return of(task, new WaitingView("no-worker", WITHOUT_WORKER, due, null));
  }

  /// Returns a due task that waits for a gate.
  public static TaskView heldBy(Gates.Hold hold, Task task) {
    String message = hold.until() == null ? FULL : CLOSED;
    return of(task, new WaitingView("gate", message, hold.until(), hold.gate()));
  }

  /// Returns the same for a caller that may not read: without what the task gave back.
  public TaskView withoutResult() {
    return with(new ProgressView(progress.percent(), null, null), queue, null);
  }

  /// Returns the same with its place in its line.
  public TaskView at(PlaceView place) {
    return with(progress, place, result);
  }

  private TaskView with(
      ProgressView progress, @Nullable PlaceView queue, @Nullable JsonNode result) {
    return new TaskView(
        id,
        type,
        state,
        progress,
        attempt,
        maxAttempts,
        priority,
        subject,
        createdAt,
        startedAt,
        updatedAt,
        finishedAt,
        expiresAt,
        waiting,
        queue,
        result,
        error,
        usage,
        lastEvent);
  }

  private static TaskView of(Task task, @Nullable WaitingView waiting) {
    Submission submission = task.submission();
    Task.Activity activity = task.activity();
    Task.Timeline timeline = task.timeline();
    return new TaskView(
        task.id().toString(),
        task.type(),
        task.state().word(),
        ProgressView.of(TaskStatus.of(task.state()), task.activity().progress()),
        activity.attempt(),
        activity.maxAttempts(),
        submission.priority().word(),
        submission.subject(),
        timeline.createdAt(),
        timeline.startedAt(),
        timeline.updatedAt(),
        task.finishedAt().orElse(null),
        timeline.expiresAt(),
        waiting,
        null,
        task.result().map(WireJson::node).orElse(null),
        error(task.state()),
        new UsageView(activity.usage().inputTokens(), activity.usage().outputTokens()),
        activity.lastEvent());
  }

  private static @Nullable WaitingView waiting(TaskState state) {
    if (!(state instanceof TaskState.Queued(Instant dueAt, TaskState.Waiting waiting))) {
      return null;
    }
    return switch (waiting) {
      case TaskState.Waiting.Submitted ignored -> null;
      case TaskState.Waiting.Rescued ignored -> null;
      case TaskState.Waiting.Retried ignored -> null;
      case TaskState.Waiting.ForRetry(var last) ->
          new WaitingView("retry", last.message(), dueAt, null);
      case TaskState.Waiting.Snoozed(var message) ->
          new WaitingView("snooze", message, dueAt, null);
    };
  }

  private static @Nullable ErrorView error(TaskState state) {
    return switch (state) {
      case TaskState.Queued ignored -> null;
      case TaskState.Processing ignored -> null;
      case TaskState.Completed ignored -> null;
      case TaskState.Failed(var failure, var ignored) -> ErrorView.of(failure);
      case TaskState.Cancelled(var reason, var ignored, var code) ->
          new ErrorView(code.code(), reason);
    };
  }
}
