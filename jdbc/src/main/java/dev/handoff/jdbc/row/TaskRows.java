package dev.handoff.jdbc.row;

import dev.handoff.CancelCode;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Priority;
import dev.handoff.Progress;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.TaskState.Waiting;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import dev.handoff.Usage;
import dev.handoff.jdbc.sql.ResultRow;
import dev.handoff.store.Claim.RetryRound;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads tasks from rows of `handoff_task`.
public final class TaskRows {
  /// The columns of a list: all but the result, which may be large.
  public static final String SUMMARY_COLUMNS =
      """
      id, type, owner, tenant, subject, priority, start_at, start_before, state, message,
      failure_kind, attempt, max_attempts, percent, progress_message, progress_step, usage_model, input_tokens,
      output_tokens, created_at, started_at, updated_at, finished_at, expires_at, last_seq, gates
      """;

  /// The columns that a statement does not know of a task that it has just started.
  public static final String STARTED_COLUMNS =
      """
      id, type, owner, tenant, subject, priority, start_at, start_before, fence, attempt,
      max_attempts, tried_before, retried_at, usage_model, input_tokens, output_tokens, retention, created_at, started_at, last_seq,
      announce, gates
      """;

  private TaskRows() {}

  public static TaskId id(ResultRow row) throws SQLException {
    return new TaskId(UUID.fromString(row.text("id")));
  }

  public static StoredTask storedTask(ResultRow row) throws SQLException {
    return stored(task(row), row.number("fence"), row);
  }

  private static StoredTask stored(Task task, long fence, ResultRow row) throws SQLException {
    return new StoredTask(
        task,
        fence,
        Duration.ofMillis(row.number("retention")),
        round(row),
        row.textOrNull("announce") != null);
  }

  /// Reads a row of [#STARTED_COLUMNS], of a task that was started at this node.
  public static StoredTask startedTask(ResultRow row, NodeId node, Instant now)
      throws SQLException {
    TaskId id = id(row);
    long fence = row.number("fence");
    int attempt = row.smallNumber("attempt");
    Task task =
        new Task(
            id,
            row.text("type"),
            submission(row),
            new TaskState.Processing(new Lease(id, node, fence), attempt),
            activity(Progress.NONE, row),
            new Task.Timeline(row.time("created_at"), row.timeOrNull("started_at"), now, null));
    return stored(task, fence, row);
  }

  private static RetryRound round(ResultRow row) throws SQLException {
    Instant retriedAt = row.timeOrNull("retried_at");
    return new RetryRound(
        row.smallNumber("tried_before"), retriedAt == null ? firstDue(row) : retriedAt);
  }

  private static Instant firstDue(ResultRow row) throws SQLException {
    Instant createdAt = row.time("created_at");
    Instant startAt = row.timeOrNull("start_at");
    return startAt == null || startAt.isBefore(createdAt) ? createdAt : startAt;
  }

  public static Task task(ResultRow row) throws SQLException {
    TaskId id = id(row);
    return new Task(
        id, row.text("type"), submission(row), state(id, row), activity(row), timeline(row));
  }

  /// Reads a row of [#SUMMARY_COLUMNS].
  public static TaskSummary summary(ResultRow row) throws SQLException {
    TaskStatus status = TaskStatus.ofWord(row.text("state"));
    return new TaskSummary(
        id(row),
        row.text("type"),
        submission(row),
        status,
        ending(status, row),
        activity(row),
        timeline(row));
  }

  private static TaskSummary.@Nullable Ending ending(TaskStatus status, ResultRow row)
      throws SQLException {
    Instant at = row.timeOrNull("finished_at");
    return at == null
        ? null
        : new TaskSummary.Ending(at, status == TaskStatus.FAILED ? failure(row) : null);
  }

  private static Task.Activity activity(ResultRow row) throws SQLException {
    return activity(progress(row), row);
  }

  private static Task.Activity activity(Progress progress, ResultRow row) throws SQLException {
    return new Task.Activity(
        progress,
        row.smallNumber("attempt"),
        row.smallNumber("max_attempts"),
        new Usage(row.text("usage_model"), row.number("input_tokens"), row.number("output_tokens")),
        row.number("last_seq"));
  }

  private static Task.Timeline timeline(ResultRow row) throws SQLException {
    return new Task.Timeline(
        row.time("created_at"),
        row.timeOrNull("started_at"),
        row.time("updated_at"),
        row.timeOrNull("expires_at"));
  }

  private static Submission submission(ResultRow row) throws SQLException {
    return new Submission(
        row.text("owner"),
        row.textOrNull("tenant"),
        row.textOrNull("subject"),
        priority(row),
        row.timeOrNull("start_at"),
        GatedLine.names(row.text("gates")),
        row.timeOrNull("start_before"));
  }

  private static Progress progress(ResultRow row) throws SQLException {
    int percent = row.smallNumber("percent");
    String message = row.textOrNull("progress_message");
    String step = row.textOrNull("progress_step");
    return percent == 0 && message == null && step == null
        ? Progress.NONE
        : new Progress(percent, message, step);
  }

  private static TaskState state(TaskId id, ResultRow row) throws SQLException {
    String word = row.text("state");
    return switch (word) {
      case "queued" -> new TaskState.Queued(row.time("due_at"), waiting(row));
      case "processing" ->
          new TaskState.Processing(
              new Lease(id, new NodeId(row.text("node")), row.number("fence")),
              row.smallNumber("attempt"));
      case "completed" ->
          new TaskState.Completed(new Payload(row.text("result")), row.time("finished_at"));
      case "failed" -> new TaskState.Failed(failure(row), row.time("finished_at"));
      case "cancelled" ->
          new TaskState.Cancelled(row.text("message"), row.time("finished_at"), cancelCode(row));
      default -> throw new SQLException("unknown state " + word);
    };
  }

  private static Waiting waiting(ResultRow row) throws SQLException {
    String word = row.text("waiting");
    return switch (word) {
      case "submitted" -> new Waiting.Submitted();
      case "retry" -> new Waiting.ForRetry(failure(row));
      case "snoozed" -> new Waiting.Snoozed(row.text("message"));
      case "rescued" -> new Waiting.Rescued();
      case "retried" -> new Waiting.Retried();
      default -> throw new SQLException("unknown reason to wait " + word);
    };
  }

  private static CancelCode cancelCode(ResultRow row) throws SQLException {
    String code = row.textOrNull("failure_kind");
    return code == null ? CancelCode.REQUESTED : CancelCode.ofCode(code);
  }

  private static Failure failure(ResultRow row) throws SQLException {
    return new Failure(FailureKind.ofCode(row.text("failure_kind")), row.text("message"));
  }

  /// Returns the queue that a task waits in.
  public static QueueKey queue(ResultRow row) throws SQLException {
    return new QueueKey(row.text("type"), priority(row), row.text("gates"));
  }

  /// Returns the stored number of a priority; larger ones come first.
  public static int number(Priority priority) {
    return switch (priority) {
      case LOW -> 0;
      case NORMAL -> 1;
      case HIGH -> 2;
    };
  }

  public static Priority priority(ResultRow row) throws SQLException {
    int number = row.smallNumber("priority");
    return switch (number) {
      case 0 -> Priority.LOW;
      case 1 -> Priority.NORMAL;
      case 2 -> Priority.HIGH;
      default -> throw new SQLException("unknown priority " + number);
    };
  }
}
