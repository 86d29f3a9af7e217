package dev.handoff.spring.webhooks;

import dev.handoff.Task;
import dev.handoff.TaskState;
import java.util.List;

/// The events that a webhook tells.
final class TaskEnds {
  static final String COMPLETED = "task.completed";
  static final String FAILED = "task.failed";
  static final String CANCELLED = "task.cancelled";

  /// Sent on request, as a test.
  static final String TEST = "webhook.test";

  static final List<String> ALL = List.of(COMPLETED, FAILED, CANCELLED);

  private TaskEnds() {}

  /// How an ended task ended.
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
