package dev.handoff.spring.wire;

import dev.handoff.QueuePlace;
import dev.handoff.TaskSummary;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A task in a list: all but its result, which `GET /tasks/{id}` has.
public record TaskSummaryView(
    String id,
    String type,
    String state,
    TaskView.ProgressView progress,
    @Nullable String subject,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant finishedAt,
    @Nullable PlaceView queue,
    long lastEvent,
    @Nullable ErrorView error) {

  /// Returns the task for a list, with its place in its line where that is known.
  public static TaskSummaryView of(TaskSummary task, Optional<QueuePlace> place) {
    TaskSummary.Ending ending = task.ending();
    return new TaskSummaryView(
        task.id().toString(),
        task.type(),
        task.status().word(),
        TaskView.ProgressView.of(task.status(), task.activity().progress()),
        task.submission().subject(),
        task.timeline().createdAt(),
        task.timeline().updatedAt(),
        ending == null ? null : ending.at(),
        place.map(PlaceView::of).orElse(null),
        task.activity().lastEvent(),
        ending == null || ending.failure() == null ? null : ErrorView.of(ending.failure()));
  }
}
