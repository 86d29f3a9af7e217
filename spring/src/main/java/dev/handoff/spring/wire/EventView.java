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

/// One line of a task's log as it goes out. `type` is the word after `event:` in a stream.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EventView.TaskSubmitted.class, name = "taskSubmitted"),
  @JsonSubTypes.Type(value = EventView.AttemptStarted.class, name = "attemptStarted"),
  @JsonSubTypes.Type(value = EventView.ProgressReported.class, name = "progressReported"),
  @JsonSubTypes.Type(value = EventView.LineLogged.class, name = "lineLogged"),
  @JsonSubTypes.Type(value = EventView.ChunkEmitted.class, name = "chunkEmitted"),
  @JsonSubTypes.Type(value = EventView.UsageRecorded.class, name = "usageRecorded"),
  @JsonSubTypes.Type(value = EventView.AttemptFailed.class, name = "attemptFailed"),
  @JsonSubTypes.Type(value = EventView.AttemptSnoozed.class, name = "attemptSnoozed"),
  @JsonSubTypes.Type(value = EventView.TaskRescued.class, name = "taskRescued"),
  @JsonSubTypes.Type(value = EventView.TaskRetried.class, name = "taskRetried"),
  @JsonSubTypes.Type(value = EventView.TaskCompleted.class, name = "taskCompleted"),
  @JsonSubTypes.Type(value = EventView.TaskFailed.class, name = "taskFailed"),
  @JsonSubTypes.Type(value = EventView.TaskCancelled.class, name = "taskCancelled")
})
public sealed interface EventView {
  /// Its number, from 1 without gaps.
  long seq();

  Instant at();

  /// A task came into being.
  record TaskSubmitted(long seq, Instant at, Instant dueAt) implements EventView {}

  record AttemptStarted(long seq, Instant at, int attempt) implements EventView {}

  record ProgressReported(
      long seq, Instant at, int percent, @Nullable String message, @Nullable String step)
      implements EventView {}

  /// A line for the person waiting.
  record LineLogged(
      long seq, Instant at, @Words({"debug", "info", "warn", "error"}) String level, String text)
      implements EventView {}

  /// A piece of the answer.
  record ChunkEmitted(long seq, Instant at, String text) implements EventView {}

  record UsageRecorded(long seq, Instant at, String model, long inputTokens, long outputTokens)
      implements EventView {}

  /// An attempt failed and another one follows.
  record AttemptFailed(long seq, Instant at, int attempt, ErrorView error, Instant retryAt)
      implements EventView {}

  /// Taken up again later, without blame.
  record AttemptSnoozed(long seq, Instant at, Instant until, String message) implements EventView {}

  /// Taken back from a dead node.
  record TaskRescued(long seq, Instant at, int attempt, Instant dueAt) implements EventView {}

  /// It had failed and was retried by hand.
  record TaskRetried(long seq, Instant at, Instant dueAt) implements EventView {}

  record TaskCompleted(long seq, Instant at, JsonNode result) implements EventView {}

  record TaskFailed(long seq, Instant at, ErrorView error) implements EventView {}

  record TaskCancelled(long seq, Instant at, String reason) implements EventView {}

  /// What may be seen of an event.
  static EventView of(LoggedEvent logged) {
    long seq = logged.seq();
    Instant at = logged.at();
    return switch (logged.event()) {
      case TaskEvent.TaskSubmitted(Instant dueAt) -> new TaskSubmitted(seq, at, dueAt);
      case TaskEvent.AttemptStarted(int attempt, var _) -> new AttemptStarted(seq, at, attempt);
      case TaskEvent.ProgressReported(Progress progress) ->
          new ProgressReported(seq, at, progress.percent(), progress.message(), progress.step());
      case TaskEvent.LineLogged(var level, String text) ->
          new LineLogged(seq, at, level.word(), text);
      case TaskEvent.ChunkEmitted(String text) -> new ChunkEmitted(seq, at, text);
      case TaskEvent.UsageRecorded(Usage usage) ->
          new UsageRecorded(seq, at, usage.model(), usage.inputTokens(), usage.outputTokens());
      case TaskEvent.AttemptFailed(int attempt, var failure, Instant retryAt) ->
          new AttemptFailed(seq, at, attempt, ErrorView.of(failure), retryAt);
      case TaskEvent.AttemptSnoozed(Instant until, String message) ->
          new AttemptSnoozed(seq, at, until, message);
      case TaskEvent.TaskRescued(int attempt, Instant dueAt) ->
          new TaskRescued(seq, at, attempt, dueAt);
      case TaskEvent.TaskRetried(Instant dueAt) -> new TaskRetried(seq, at, dueAt);
      case TaskEvent.TaskCompleted(var result) -> new TaskCompleted(seq, at, WireJson.node(result));
      case TaskEvent.TaskFailed(var failure) -> new TaskFailed(seq, at, ErrorView.of(failure));
      case TaskEvent.TaskCancelled(String reason) -> new TaskCancelled(seq, at, reason);
    };
  }

  /// The word for its kind, as in `type`.
  default String word() {
    String name = getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
