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
      case TaskState.Completed ignored -> COMPLETED;
      case TaskState.Failed ignored -> FAILED;
      case TaskState.Cancelled ignored -> CANCELLED;
      case TaskState.Queued ignored ->
          throw new IllegalArgumentException("task " + task.id() + " has not ended");
      case TaskState.Processing ignored ->
          throw new IllegalArgumentException("task " + task.id() + " has not ended");
    };
  }
}
