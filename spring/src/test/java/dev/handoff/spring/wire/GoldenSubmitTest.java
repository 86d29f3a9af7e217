package dev.handoff.spring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Progress;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import dev.handoff.Usage;
import dev.handoff.spring.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What goes over the wire when tasks are handed off and listed, against the golden files.
final class GoldenSubmitTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TaskId ID =
      TaskId.parse("01980f3e-7b1a-7c3d-8e4f-0123456789ab").orElseThrow();
  private static final TaskId OTHER =
      TaskId.parse("01980f3e-7b19-7c3d-8e4f-0123456789ab").orElseThrow();
  private static final String BATCH = "5f0c7a52-3a0e-4b5e-9d1a-0123456789ab";
  private static final Instant CREATED = Instant.parse("2026-01-05T09:00:00Z");

  private static void agrees(String name, Object view) {
    Path file = Path.of(System.getProperty("handoff.root"), "contract", "golden", name);
    JsonNode golden;
    try {
      golden = JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(JSON.readTree(WireJson.write(view))).isEqualTo(golden);
    assertThat(JSON.readTree(WireJson.write(WireJson.read(golden.toString(), view.getClass()))))
        .isEqualTo(golden);
  }

  private static TaskSummary task(
      TaskId id, TaskStatus status, TaskSummary.@Nullable Ending ending, Task.Activity activity) {
    Instant updated = ending == null ? Instant.parse("2026-01-05T09:00:00.012Z") : ending.at();
    return new TaskSummary(
        id,
        "text",
        ending == null ? Submission.by("secret") : Submission.by("secret").about("lesson-7"),
        status,
        ending,
        activity,
        new Task.Timeline(CREATED, CREATED, updated, null));
  }

  @Test
  void aList() {
    Failure timeout =
        new Failure(
            FailureKind.TIMEOUT,
            "The attempt took longer than its limit of 60 seconds and was stopped.");
    Progress writing = new Progress(40, "Writing…", "write");
    TaskSummary failed =
        task(
            ID,
            TaskStatus.FAILED,
            new TaskSummary.Ending(Instant.parse("2026-01-05T09:01:00.012Z"), timeout),
            new Task.Activity(writing, 1, 1, Usage.NONE, 4));
    TaskSummary processing =
        task(
            OTHER,
            TaskStatus.PROCESSING,
            null,
            new Task.Activity(Progress.NONE, 1, 1, Usage.NONE, 2));

    agrees(
        "tasks.json",
        new TasksView(
            List.of(
                TaskSummaryView.of(failed, Optional.empty()),
                TaskSummaryView.of(processing, Optional.empty())),
            "01980f3e7b197c3d8e4f0123456789abd41d8cd98f00b204"));
  }

  @Test
  void aPageOfEvents() {
    agrees(
        "events-page.json",
        new EventsView(
            List.of(
                new EventView.TaskSubmittedView(1, CREATED, CREATED),
                new EventView.ChunkEmittedView(2, CREATED.plusSeconds(1), "x = ")),
            2));
  }

  @Test
  void aPageOfALogThatIsAnotherOne() {
    agrees(
        "events-page-reset.json",
        new EventsView(List.of(new EventView.TaskSubmittedView(1, CREATED, CREATED)), 1, true));
  }

  @Test
  void aSubmit() {
    agrees(
        "submit.json",
        new SubmitBody(
            "text",
            JSON.readTree("{\"input\":\"What is 2 + 2?\"}"),
            SubmitBody.Urgency.HIGH,
            "lesson-7",
            CREATED,
            CREATED.plusSeconds(600)));
  }

  @Test
  void aBatchAsItWasTaken() {
    agrees(
        "batch-taken.json",
        new BatchTakenView(
            BATCH,
            List.of(
                BatchTakenView.Item.task(ID.toString()),
                BatchTakenView.Item.refused(
                    Problem.UNKNOWN_TASK_TYPE.at(
                        "/api/v1/batches", Map.of("types", List.of("text")))))));
  }

  @Test
  void aBatchAsItStands() {
    agrees(
        "batch.json",
        new BatchView(
            BATCH,
            CREATED,
            2,
            new BatchView.Counts(0, 1, 0, 0, 0, 1),
            false,
            List.of(
                new BatchView.Item(ID.toString(), "processing"),
                new BatchView.Item(OTHER.toString(), "expired"))));
  }

  @Test
  void aProblemWithItsErrors() {
    ViolationView error =
        new ViolationView("/request/input", "integer found, string expected").at(3);

    agrees(
        "problem-invalid-payload.json",
        Problem.INVALID_PAYLOAD.at("/api/v1/batches", Map.of("errors", List.of(error))));
  }
}
