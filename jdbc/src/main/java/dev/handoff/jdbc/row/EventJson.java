package dev.handoff.jdbc.row;

import dev.handoff.CancelCode;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Lease;
import dev.handoff.LogLevel;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Progress;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.OutputReset;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskEvent.UsageRecorded;
import dev.handoff.TaskId;
import dev.handoff.Usage;
import dev.handoff.jdbc.sql.Millis;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes stored events: JSON objects with a `type`, and times in milliseconds. Rows
/// outlive code: a field keeps its name and meaning, and a new field needs a default.
public final class EventJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EventJson() {}

  public static String write(TaskEvent event) {
    return JSON.writeValueAsString(
        switch (event) {
          case TaskSubmitted e -> typed("taskSubmitted").put("dueAt", Millis.of(e.dueAt()));
          case AttemptStarted e ->
              typed("attemptStarted")
                  .put("attempt", e.attempt())
                  .put("node", e.lease().node().value())
                  .put("fence", e.lease().fence());
          case ProgressReported e ->
              typed("progressReported")
                  .put("percent", e.progress().percent())
                  .put("message", e.progress().message())
                  .put("step", e.progress().step());
          case LineLogged e ->
              typed("lineLogged").put("level", e.level().word()).put("text", e.text());
          case ChunkEmitted e -> typed("chunkEmitted").put("text", e.text());
          case OutputReset ignored -> typed("outputReset");
          case UsageRecorded e ->
              typed("usageRecorded")
                  .put("model", e.usage().model())
                  .put("inputTokens", e.usage().inputTokens())
                  .put("outputTokens", e.usage().outputTokens());
          case AttemptFailed e ->
              failed(typed("attemptFailed"), e.failure())
                  .put("attempt", e.attempt())
                  .put("retryAt", Millis.of(e.retryAt()));
          case AttemptSnoozed e ->
              typed("attemptSnoozed")
                  .put("until", Millis.of(e.until()))
                  .put("message", e.message());
          case TaskRescued e ->
              typed("taskRescued").put("attempt", e.attempt()).put("dueAt", Millis.of(e.dueAt()));
          case TaskRetried e -> typed("taskRetried").put("dueAt", Millis.of(e.dueAt()));
          case TaskCompleted ignored -> typed("taskCompleted");
          case TaskFailed e -> failed(typed("taskFailed"), e.failure());
          case TaskCancelled e -> cancelled(typed("taskCancelled").put("reason", e.reason()), e);
        });
  }

  /// Reads an event; `result` is the result of its task, if it completed.
  public static TaskEvent read(TaskId task, String body, @Nullable String result)
      throws SQLException {
    try {
      return read(task, JSON.readTree(body), result);
    } catch (JacksonException e) {
      throw new SQLException("an event of task " + task + " is not what was written", e);
    }
  }

  private static TaskEvent read(TaskId task, JsonNode json, @Nullable String result)
      throws SQLException {
    String type = text(json, "type");
    return switch (type) {
      case "taskSubmitted" -> new TaskSubmitted(time(json, "dueAt"));
      case "attemptStarted" ->
          new AttemptStarted(
              number(json, "attempt"),
              new Lease(task, new NodeId(text(json, "node")), json.path("fence").asLong()));
      case "progressReported" ->
          new ProgressReported(
              new Progress(
                  number(json, "percent"), textOrNull(json, "message"), textOrNull(json, "step")));
      case "lineLogged" ->
          new LineLogged(
              LogLevel.valueOf(text(json, "level").toUpperCase(Locale.ROOT)), text(json, "text"));
      case "chunkEmitted" -> new ChunkEmitted(text(json, "text"));
      case "outputReset" -> new OutputReset();
      case "usageRecorded" ->
          new UsageRecorded(
              new Usage(
                  text(json, "model"),
                  json.path("inputTokens").asLong(),
                  json.path("outputTokens").asLong()));
      case "attemptFailed" ->
          new AttemptFailed(number(json, "attempt"), failure(json), time(json, "retryAt"));
      case "attemptSnoozed" -> new AttemptSnoozed(time(json, "until"), text(json, "message"));
      case "taskRescued" -> new TaskRescued(number(json, "attempt"), time(json, "dueAt"));
      case "taskRetried" -> new TaskRetried(time(json, "dueAt"));
      case "taskCompleted" -> new TaskCompleted(new Payload(result == null ? "" : result));
      case "taskFailed" -> new TaskFailed(failure(json));
      case "taskCancelled" ->
          new TaskCancelled(text(json, "reason"), CancelCode.ofCode(text(json, "code")));
      default -> throw new SQLException("unknown type of event " + type);
    };
  }

  private static ObjectNode typed(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static ObjectNode failed(ObjectNode json, Failure failure) {
    return json.put("code", failure.kind().code()).put("message", failure.message());
  }

  // As before there were codes, where nothing but a request was a cause.
  private static ObjectNode cancelled(ObjectNode json, TaskCancelled event) {
    return event.code() == CancelCode.REQUESTED ? json : json.put("code", event.code().code());
  }

  private static Failure failure(JsonNode json) {
    return new Failure(FailureKind.ofCode(text(json, "code")), text(json, "message"));
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asString("");
  }

  private static @Nullable String textOrNull(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isString() ? value.asString() : null;
  }

  private static int number(JsonNode json, String field) {
    return json.path(field).asInt(0);
  }

  private static Instant time(JsonNode json, String field) {
    return Instant.ofEpochMilli(json.path(field).asLong(0));
  }
}
