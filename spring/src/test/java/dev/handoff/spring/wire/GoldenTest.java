package dev.handoff.spring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Gates;
import dev.handoff.Lease;
import dev.handoff.LogLevel;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Priority;
import dev.handoff.Progress;
import dev.handoff.QueuePlace;
import dev.handoff.QueuePlace.Estimate;
import dev.handoff.QueuePlace.LinePosition;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import dev.handoff.Usage;
import dev.handoff.spring.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The wire records against the golden files that the TypeScript client reads too.
final class GoldenTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TaskId ID =
      TaskId.parse("01980f3e-7b1a-7c3d-8e4f-0123456789ab").orElseThrow();
  private static final Instant CREATED = Instant.parse("2026-01-05T09:00:00Z");
  private static final Instant STARTED = Instant.parse("2026-01-05T09:00:00.012Z");
  private static final Instant FAILED_AT = Instant.parse("2026-01-05T09:01:00.012Z");
  private static final String BUSY = "The AI is busy, trying again shortly";
  private static final Failure TIMEOUT =
      new Failure(
          FailureKind.TIMEOUT,
          "The attempt took longer than its limit of 60 seconds and was stopped.");

  private static JsonNode golden(String name) {
    Path file = Path.of(System.getProperty("handoff.root"), "contract", "golden", name);
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> tasksLookAsAgreed() {
    Instant end = Instant.parse("2026-01-05T09:00:04Z");
    Instant failedAt = Instant.parse("2026-01-05T09:01:00.012Z");
    Submission owner = Submission.by("somebody").inTenant("school");
    Progress writing = new Progress(40, "Generating response…", "generate");
    Map<String, Task> tasks =
        Map.of(
            "task-processing.json",
            new Task(
                ID,
                "sat-buddy.chat",
                owner,
                new TaskState.Processing(new Lease(ID, new NodeId("secret-node"), 7), 1),
                new Task.Activity(writing, 1, 4, Usage.NONE, 5),
                new Task.Timeline(
                    CREATED, STARTED, Instant.parse("2026-01-05T09:00:01.500Z"), null)),
            "task-completed.json",
            new Task(
                ID,
                "sat-buddy.chat",
                owner,
                new TaskState.Completed(new Payload("{\"response\":\"x = 4\"}"), end),
                new Task.Activity(writing, 2, 4, new Usage("m", 11, 5), 9),
                new Task.Timeline(CREATED, STARTED, end, end.plusSeconds(3600))),
            "task-failed.json",
            new Task(
                ID,
                "sat-buddy.chat",
                owner.withPriority(Priority.LOW),
                new TaskState.Failed(TIMEOUT, failedAt),
                new Task.Activity(writing, 1, 1, Usage.NONE, 4),
                new Task.Timeline(CREATED, STARTED, failedAt, failedAt.plusSeconds(3600))),
            "task-queued-for-retry.json",
            new Task(
                ID,
                "sat-buddy.chat",
                owner.withPriority(Priority.HIGH).about("lesson-7"),
                new TaskState.Queued(
                    Instant.parse("2026-01-05T09:01:02Z"),
                    new TaskState.Waiting.ForRetry(new Failure(FailureKind.RATE_LIMITED, BUSY))),
                new Task.Activity(Progress.NONE, 1, 4, Usage.NONE, 3),
                new Task.Timeline(CREATED, STARTED, Instant.parse("2026-01-05T09:00:02Z"), null)));
    return tasks.entrySet().stream()
        .map(task ->
            DynamicTest.dynamicTest(
                task.getKey(),
                () ->
                    assertThat(JSON.readTree(WireJson.write(TaskView.of(task.getValue()))))
                        .isEqualTo(golden(task.getKey()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task-processing.json",
        "task-completed.json",
        "task-failed.json",
        "task-queued-for-retry.json"
      })
  void tasksAreReadBack(String name) {
    JsonNode agreed = golden(name);

    TaskView read = WireJson.read(agreed.toString(), TaskView.class);

    assertThat(JSON.readTree(WireJson.write(read))).isEqualTo(agreed);
  }

  private static final PlaceView PLACE =
      PlaceView.of(
          new QueuePlace(
              new LinePosition(3, 17),
              new Estimate(Duration.ofMillis(4_180), Duration.ofSeconds(9)),
              new Estimate(Duration.ofMillis(21_520), Duration.ofMillis(44_020))));

  @Test
  void tasksThatCannotStartLookAsAgreed() {
    Task task =
        new Task(
            ID,
            "sat-buddy.chat",
            Submission.by("somebody"),
            new TaskState.Queued(CREATED, new TaskState.Waiting.Submitted()),
            new Task.Activity(Progress.NONE, 0, 4, Usage.NONE, 1),
            new Task.Timeline(CREATED, null, CREATED, null));
    Gates.Hold hold = new Gates.Hold("provider:openai", CREATED.plusSeconds(20));

    assertThat(JSON.readTree(WireJson.write(TaskView.withoutWorker(task, CREATED))))
        .isEqualTo(golden("queued-without-worker.json"));
    assertThat(JSON.readTree(WireJson.write(TaskView.heldBy(hold, task).at(PLACE))))
        .isEqualTo(golden("queued-behind-gate.json"));
  }

  @Test
  void eventsLookAsAgreedAndAreReadBack() {
    lookAsAgreed("events.json", events());
  }

  @Test
  void outputThatIsTakenBackLooksAsAgreed() {
    lookAsAgreed(
        "events-output-reset.json",
        List.of(
            new TaskEvent.TaskSubmitted(CREATED),
            new TaskEvent.AttemptStarted(1, new Lease(ID, new NodeId("secret-node"), 1)),
            new TaskEvent.ChunkEmitted("Let me think: x = 5, no"),
            new TaskEvent.OutputReset(),
            new TaskEvent.ChunkEmitted("x = 4"),
            new TaskEvent.TaskCompleted(new Payload("{\"response\":\"x = 4\"}"))));
  }

  private static void lookAsAgreed(String name, List<TaskEvent> events) {
    JsonNode agreed = golden(name);

    assertThat(events).hasSize(agreed.size());
    for (int i = 0; i < events.size(); i++) {
      Instant at = Instant.parse(agreed.path(i).path("at").asString(""));
      EventView view = EventView.of(new LoggedEvent(i + 1L, at, events.get(i)));

      assertThat(JSON.readTree(WireJson.write(view))).isEqualTo(agreed.path(i));
      assertThat(view.word()).isEqualTo(agreed.path(i).path("type").asString(""));
      assertThat(WireJson.read(agreed.path(i).toString(), EventView.class)).isEqualTo(view);
    }
  }

  private static List<TaskEvent> events() {
    Lease lease = new Lease(ID, new NodeId("secret-node"), 1);
    Instant later = Instant.parse("2026-01-05T09:01:01Z");
    Instant much = Instant.parse("2026-01-05T09:01:12Z");
    return List.of(
        new TaskEvent.TaskSubmitted(CREATED),
        new TaskEvent.AttemptStarted(1, lease),
        new TaskEvent.ProgressReported(new Progress(40, "Generating response…", "generate")),
        new TaskEvent.LineLogged(LogLevel.INFO, "asking the model"),
        new TaskEvent.ChunkEmitted("x = "),
        new TaskEvent.AttemptFailed(1, new Failure(FailureKind.RATE_LIMITED, BUSY), later),
        new TaskEvent.AttemptStarted(2, lease),
        new TaskEvent.AttemptSnoozed(much, BUSY),
        new TaskEvent.AttemptStarted(2, lease),
        new TaskEvent.TaskRescued(2, Instant.parse("2026-01-05T09:01:15Z")),
        new TaskEvent.AttemptStarted(3, lease),
        new TaskEvent.UsageRecorded(new Usage("gpt-4o-mini", 11, 5)),
        new TaskEvent.TaskCompleted(new Payload("{\"response\":\"x = 4\"}")),
        new TaskEvent.TaskFailed(TIMEOUT),
        new TaskEvent.TaskCancelled("cancelled by its owner"),
        new TaskEvent.TaskRetried(Instant.parse("2026-01-05T09:02:00Z")));
  }

  @Test
  void theProblemLooksAsAgreedAndIsReadBack() {
    JsonNode agreed = golden("problem-task-not-found.json");
    ProblemView problem = Problem.TASK_NOT_FOUND.at("/api/v1/tasks/" + ID);

    assertThat(JSON.readTree(WireJson.write(problem))).isEqualTo(agreed);
    assertThat(WireJson.read(agreed.toString(), ProblemView.class)).isEqualTo(problem);
  }

  @Test
  void whatALiveSocketSaysLooksAsAgreed() {
    JsonNode agreed = golden("live.json");
    TaskSummaryView summary =
        TaskSummaryView.of(
            new TaskSummary(
                ID,
                "sat-buddy.chat",
                Submission.by("somebody").about("lesson-7"),
                TaskStatus.FAILED,
                new TaskSummary.Ending(FAILED_AT, TIMEOUT),
                new Task.Activity(
                    new Progress(40, "Generating response…", "generate"), 1, 1, Usage.NONE, 4),
                new Task.Timeline(CREATED, STARTED, FAILED_AT, FAILED_AT.plusSeconds(3600))),
            Optional.empty());
    String id = ID.toString();
    String cursor = agreed.path("server").path(3).path("cursor").asString("");
    Instant at = Instant.parse("2026-01-05T09:00:01Z");
    List<LiveFrame> frames =
        List.of(
            new LiveFrame.OfEvent(
                id, EventView.of(new LoggedEvent(4, at, new TaskEvent.ChunkEmitted("x = ")))),
            new LiveFrame.OfEnd(id, true),
            new LiveFrame.OfProblem(id, Problem.TASK_NOT_FOUND.at("/api/v1/live")),
            new LiveFrame.OfTask(summary, cursor),
            new LiveFrame.OfTask(null, cursor),
            new LiveFrame.OfPong(7),
            new LiveFrame.OfQueue(id, PLACE));

    assertThat(JSON.readTree(WireJson.write(frames.stream().toList())))
        .isEqualTo(agreed.path("server"));
    assertThat(JSON.readTree(WireJson.write(summary))).isEqualTo(golden("summary.json"));
    for (JsonNode call : agreed.path("client")) {
      assertThat(WireJson.read(call.toString(), LiveCall.class).isOneThing()).isTrue();
    }
  }

  @Test
  void whatALiveSocketSaysOfALogThatIsAnotherOneLooksAsAgreed() {
    JsonNode agreed = golden("live-reset.json");

    assertThat(JSON.readTree(WireJson.write(new LiveFrame.OfReset(ID.toString(), 4))))
        .isEqualTo(agreed.path("server").path(0));
    LiveCall call = WireJson.read(agreed.path("client").path(0).toString(), LiveCall.class);
    assertThat(call.isOneThing()).isTrue();
    assertThat(call.at()).isEqualTo(Instant.parse("2026-01-05T09:00:01Z"));
  }

  @Test
  void aResultThatIsNoJsonGoesOutAsText() {
    assertThat(WireJson.node(new Payload("plain words")).asString("")).isEqualTo("plain words");
    assertThat(WireJson.node(new Payload("[".repeat(5000))).isString()).isTrue();
  }
}
