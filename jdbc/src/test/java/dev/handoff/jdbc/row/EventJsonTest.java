package dev.handoff.jdbc.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EventJsonTest {
  private static final TaskId TASK =
      new TaskId(UUID.fromString("01980f3e-7b1a-7c3d-8e4f-0123456789ab"));
  private static final Instant AT = Instant.ofEpochMilli(1_767_603_600_000L);
  private static final Failure BUSY = new Failure(FailureKind.RATE_LIMITED, "busy");

  // Rows of earlier versions look like this; a change here needs a migration.
  private static final Map<String, TaskEvent> STORED =
      Map.ofEntries(
          Map.entry("{\"type\":\"taskSubmitted\",\"dueAt\":1767603600000}", new TaskSubmitted(AT)),
          Map.entry(
              "{\"type\":\"attemptStarted\",\"attempt\":2,\"node\":\"n\",\"fence\":3}",
              new AttemptStarted(2, new Lease(TASK, new NodeId("n"), 3))),
          Map.entry(
              "{\"type\":\"progressReported\",\"percent\":40,\"message\":\"half\",\"step\":null}",
              new ProgressReported(new Progress(40, "half", null))),
          Map.entry(
              "{\"type\":\"lineLogged\",\"level\":\"warn\",\"text\":\"slow\"}",
              new LineLogged(LogLevel.WARN, "slow")),
          Map.entry(
              "{\"type\":\"chunkEmitted\",\"text\":\"x = \\\"4\\\"\"}",
              new ChunkEmitted("x = \"4\"")),
          Map.entry("{\"type\":\"outputReset\"}", new OutputReset()),
          Map.entry(
              "{\"type\":\"usageRecorded\",\"model\":\"m\",\"inputTokens\":11,\"outputTokens\":5}",
              new UsageRecorded(new Usage("m", 11, 5))),
          Map.entry(
              "{\"type\":\"attemptFailed\",\"code\":\"rateLimited\",\"message\":\"busy\","
                  + "\"attempt\":1,\"retryAt\":1767603600000}",
              new AttemptFailed(1, BUSY, AT)),
          Map.entry(
              "{\"type\":\"attemptSnoozed\",\"until\":1767603600000,\"message\":\"later\"}",
              new AttemptSnoozed(AT, "later")),
          Map.entry(
              "{\"type\":\"taskRescued\",\"attempt\":1,\"dueAt\":1767603600000}",
              new TaskRescued(1, AT)),
          Map.entry("{\"type\":\"taskRetried\",\"dueAt\":1767603600000}", new TaskRetried(AT)),
          Map.entry("{\"type\":\"taskCompleted\"}", new TaskCompleted(new Payload("the result"))),
          Map.entry(
              "{\"type\":\"taskFailed\",\"code\":\"rateLimited\",\"message\":\"busy\"}",
              new TaskFailed(BUSY)),
          Map.entry(
              "{\"type\":\"taskCancelled\",\"reason\":\"not needed\"}",
              new TaskCancelled("not needed")),
          Map.entry(
              "{\"type\":\"taskCancelled\",\"reason\":\"It was not started in time.\","
                  + "\"code\":\"too-late\"}",
              TaskCancelled.tooLate()));

  @Test
  void writesWhatEarlierVersionsCanRead() {
    STORED.forEach((json, event) -> assertThat(EventJson.write(event)).isEqualTo(json));
  }

  @Test
  void readsWhatEarlierVersionsWrote() throws SQLException {
    for (Map.Entry<String, TaskEvent> stored : STORED.entrySet()) {
      assertThat(EventJson.read(TASK, stored.getKey(), "the result")).isEqualTo(stored.getValue());
    }
  }

  @Test
  void knowsEveryKindOfEvent() {
    assertThat(STORED.values().stream().map(TaskEvent::getClass).distinct().count())
        .isEqualTo(TaskEvent.class.getPermittedSubclasses().length);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    for (String body : List.of("{", "{\"type\":\"unheardOf\"}", "[]", "")) {
      assertThatThrownBy(() -> EventJson.read(TASK, body, null)).isInstanceOf(SQLException.class);
    }
  }
}
