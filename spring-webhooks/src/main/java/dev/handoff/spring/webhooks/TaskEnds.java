package dev.handoff.spring.webhooks;

import dev.handoff.Task;
import dev.handoff.TaskState;
import java.util.List;

/// The event names of webhooks.
final class TaskEnds {
  static final String COMPLETED = "task.completed";
  static final String FAILED = "task.failed";
  static final String CANCELLED = "task.cancelled";

  /// The event of a test message.
  static final String TEST = "webhook.test";

  static final List<String> ALL = List.of(COMPLETED, FAILED, CANCELLED);

  private TaskEnds() {}

  /// Returns the event of an ended task.
  static String of(Task task) {
    return switch (task.state()) {
      case TaskState.Completed _ -> COMPLETED;
      case TaskState.Failed _ -> FAILED;
      case TaskState.Cancelled _ -> CANCELLED;
      case TaskState.Queued _, TaskState.Processing _ ->
          throw new IllegalArgumentException("task " + task.id() + " has not ended");
    };
  }
}
