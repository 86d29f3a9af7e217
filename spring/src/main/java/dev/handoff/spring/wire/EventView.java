package dev.handoff.spring.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.handoff.LoggedEvent;
import dev.handoff.Progress;
import dev.handoff.TaskEvent;
import dev.handoff.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One event of a task's log on the wire. `type` is the word after `event:` in a stream.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EventView.TaskSubmittedView.class, name = "taskSubmitted"),
  @JsonSubTypes.Type(value = EventView.AttemptStartedView.class, name = "attemptStarted"),
  @JsonSubTypes.Type(value = EventView.ProgressReportedView.class, name = "progressReported"),
  @JsonSubTypes.Type(value = EventView.LineLoggedView.class, name = "lineLogged"),
  @JsonSubTypes.Type(value = EventView.ChunkEmittedView.class, name = "chunkEmitted"),
  @JsonSubTypes.Type(value = EventView.OutputResetView.class, name = "outputReset"),
  @JsonSubTypes.Type(value = EventView.UsageRecordedView.class, name = "usageRecorded"),
  @JsonSubTypes.Type(value = EventView.AttemptFailedView.class, name = "attemptFailed"),
  @JsonSubTypes.Type(value = EventView.AttemptSnoozedView.class, name = "attemptSnoozed"),
  @JsonSubTypes.Type(value = EventView.TaskRescuedView.class, name = "taskRescued"),
  @JsonSubTypes.Type(value = EventView.TaskRetriedView.class, name = "taskRetried"),
  @JsonSubTypes.Type(value = EventView.TaskCompletedView.class, name = "taskCompleted"),
  @JsonSubTypes.Type(value = EventView.TaskFailedView.class, name = "taskFailed"),
  @JsonSubTypes.Type(value = EventView.TaskCancelledView.class, name = "taskCancelled")
})
public sealed interface EventView {
  /// Its number, from 1 without gaps.
  long seq();

  Instant at();

  /// A task was submitted.
  record TaskSubmittedView(long seq, Instant at, Instant dueAt) implements EventView {}

  record AttemptStartedView(long seq, Instant at, int attempt) implements EventView {}

  record ProgressReportedView(
      long seq, Instant at, int percent, @Nullable String message, @Nullable String step)
      implements EventView {}

  /// A line for the person waiting.
  record LineLoggedView(
      long seq, Instant at, @Words({"debug", "info", "warn", "error"}) String level, String text)
      implements EventView {}

  /// A piece of the answer.
  record ChunkEmittedView(long seq, Instant at, String text) implements EventView {}

  /// The pieces of this attempt so far are void.
  record OutputResetView(long seq, Instant at) implements EventView {}

  record UsageRecordedView(long seq, Instant at, String model, long inputTokens, long outputTokens)
      implements EventView {}

  /// An attempt failed and another one follows.
  record AttemptFailedView(long seq, Instant at, int attempt, ErrorView error, Instant retryAt)
      implements EventView {}

  /// The attempt ended without counting, and is repeated later.
  record AttemptSnoozedView(long seq, Instant at, Instant until, String message)
      implements EventView {}

  /// The task was taken back from a dead node.
  record TaskRescuedView(long seq, Instant at, int attempt, Instant dueAt) implements EventView {}

  /// The failed task was retried by hand.
  record TaskRetriedView(long seq, Instant at, Instant dueAt) implements EventView {}

  record TaskCompletedView(long seq, Instant at, JsonNode result) implements EventView {}

  record TaskFailedView(long seq, Instant at, ErrorView error) implements EventView {}

  /// The task was cancelled; the code says whether somebody asked for it.
  record TaskCancelledView(
      long seq,
      Instant at,
      String reason,
      @Words({"cancelled", "too-late", "replaced"}) String code)
      implements EventView {}

  /// Returns the event without what callers may not see.
  static EventView of(LoggedEvent logged) {
    long seq = logged.seq();
    Instant at = logged.at();
    return switch (logged.event()) {
      case TaskEvent.TaskSubmitted(Instant dueAt) -> new TaskSubmittedView(seq, at, dueAt);
      case TaskEvent.AttemptStarted(int attempt, var ignored) ->
          new AttemptStartedView(seq, at, attempt);
      case TaskEvent.ProgressReported(Progress progress) ->
          new ProgressReportedView(
              seq, at, progress.percent(), progress.message(), progress.step());
      case TaskEvent.LineLogged(var level, String text) ->
          new LineLoggedView(seq, at, level.word(), text);
      case TaskEvent.ChunkEmitted(String text) -> new ChunkEmittedView(seq, at, text);
      case TaskEvent.OutputReset ignored -> new OutputResetView(seq, at);
      case TaskEvent.UsageRecorded(Usage usage) ->
          new UsageRecordedView(seq, at, usage.model(), usage.inputTokens(), usage.outputTokens());
      case TaskEvent.AttemptFailed(int attempt, var failure, Instant retryAt) ->
          new AttemptFailedView(seq, at, attempt, ErrorView.of(failure), retryAt);
      case TaskEvent.AttemptSnoozed(Instant until, String message) ->
          new AttemptSnoozedView(seq, at, until, message);
      case TaskEvent.TaskRescued(int attempt, Instant dueAt) ->
          new TaskRescuedView(seq, at, attempt, dueAt);
      case TaskEvent.TaskRetried(Instant dueAt) -> new TaskRetriedView(seq, at, dueAt);
      case TaskEvent.TaskCompleted(var result) ->
          new TaskCompletedView(seq, at, WireJson.node(result));
      case TaskEvent.TaskFailed(var failure) -> new TaskFailedView(seq, at, ErrorView.of(failure));
      case TaskEvent.TaskCancelled(String reason, var code) ->
          new TaskCancelledView(seq, at, reason, code.code());
    };
  }

  /// Returns the word in `type`.
  default String word() {
    String name = getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0))
        + name.substring(1, name.length() - "View".length());
  }
}
