package dev.handoff;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A task in a list: what is known of it but for its result, because 200 results of the largest
/// size would not fit into a node's memory. [Handoff#find] has the rest.
public record TaskSummary(
    TaskId id,
    String type,
    Submission submission,
    TaskStatus status,
    @Nullable Ending ending,
    Task.Activity activity,
    Task.Timeline timeline) {

  /// When it ended, and why if it failed.
  public record Ending(Instant at, @Nullable Failure failure) {}

  /// What a list shows of this task.
  public static TaskSummary of(Task task) {
    return new TaskSummary(
        task.id(),
        task.type(),
        task.submission(),
        TaskStatus.of(task.state()),
        task.finishedAt().map(at -> new Ending(at, failure(task.state()))).orElse(null),
        task.activity(),
        task.timeline());
  }

  private static @Nullable Failure failure(TaskState state) {
    return state instanceof TaskState.Failed(Failure failure, var ignored) ? failure : null;
  }

  /// How it ended, if it did.
  public Optional<Ending> ended() {
    return Optional.ofNullable(ending);
  }
}
