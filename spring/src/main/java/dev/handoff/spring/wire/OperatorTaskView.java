package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.handoff.AttemptEntry;
import dev.handoff.Failure;
import dev.handoff.Submission;
import dev.handoff.TaskHistory;
import dev.handoff.TaskSummary;
import dev.handoff.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task as an operator sees it: with its owner, and without its request and its result. `waiting`
/// and `queue` are there while it waits, `attempts` in the answer about one task.
public record OperatorTaskView(
    String id,
    String owner,
    @Nullable String tenant,
    String type,
    @Words({"queued", "processing", "completed", "failed", "cancelled"}) String state,
    TaskView.ProgressView progress,
    int attempt,
    int maxAttempts,
    @Words({"low", "normal", "high"}) String priority,
    @Nullable String subject,
    List<String> gates,
    Instant createdAt,
    @Nullable Instant startedAt,
    Instant updatedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant expiresAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) TaskView.@Nullable WaitingView waiting,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PlaceView queue,
    @Nullable ErrorView error,
    ModelUsageView usage,
    long lastEvent,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<AttemptView> attempts) {

  /// Tokens of all attempts together, and the model that was used last; "" for none.
  public record ModelUsageView(String model, long inputTokens, long outputTokens) {}

  /// One attempt. `endedAt` is null while it runs, `failure` unless it failed.
  public record AttemptView(
      int attempt,
      Instant startedAt,
      @Nullable Instant endedAt,
      String node,
      @Nullable ErrorView failure) {
    static AttemptView of(AttemptEntry attempt) {
      return new AttemptView(
          attempt.attempt(),
          attempt.startedAt(),
          attempt.endedAt(),
          attempt.node().value(),
          error(attempt.failure()));
    }
  }

  /// Returns the line of a list.
  public static OperatorTaskView of(TaskSummary task) {
    TaskSummary.Ending ending = task.ending();
    ErrorView error = ending == null ? null : error(ending.failure());
    return of(task, error, null, null);
  }

  /// Returns the answer about one task.
  ///
  /// @param shown the same task as its owner sees it
  public static OperatorTaskView of(TaskHistory history, TaskView shown) {
    List<AttemptView> attempts = history.attempts().stream().map(AttemptView::of).toList();
    return of(TaskSummary.of(history.task()), shown.error(), shown, attempts);
  }

  private static OperatorTaskView of(
      TaskSummary task,
      @Nullable ErrorView error,
      @Nullable TaskView shown,
      @Nullable List<AttemptView> attempts) {
    Submission submission = task.submission();
    TaskSummary.Ending ending = task.ending();
    Usage usage = task.activity().usage();
    return new OperatorTaskView(
        task.id().toString(),
        submission.owner(),
        submission.tenant(),
        task.type(),
        task.status().word(),
        TaskView.ProgressView.of(task.status(), task.activity().progress()),
        task.activity().attempt(),
        task.activity().maxAttempts(),
        submission.priority().word(),
        submission.subject(),
        submission.gates(),
        task.timeline().createdAt(),
        task.timeline().startedAt(),
        task.timeline().updatedAt(),
        ending == null ? null : ending.at(),
        task.timeline().expiresAt(),
        shown == null ? null : shown.waiting(),
        shown == null ? null : shown.queue(),
        error,
        new ModelUsageView(usage.model(), usage.inputTokens(), usage.outputTokens()),
        task.activity().lastEvent(),
        attempts);
  }

  private static @Nullable ErrorView error(@Nullable Failure failure) {
    return failure == null ? null : ErrorView.of(failure);
  }
}
