package dev.handoff.systems.zoneinsights;

import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.TaskState;
import dev.handoff.TaskType;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.systems.zoneinsights.ExamViews.TaskStanding;
import java.util.Optional;

/// Tells how a task of insights stands, in the words of the queue that this engine replaces. Safe
/// for use by many threads.
final class InsightTasks {
  private final Handoff handoff;
  private final TaskVisibility visibility;
  private final TaskType<InsightsRequest, InsightsResult> type;

  InsightTasks(
      Handoff handoff, TaskVisibility visibility, TaskType<InsightsRequest, InsightsResult> type) {
    this.handoff = handoff;
    this.visibility = visibility;
    this.type = type;
  }

  /// How the caller's task stands; nothing for any other id.
  Optional<TaskStanding> standing(String id, Caller caller) {
    return visibility
        .find(caller, id)
        .filter(task -> task.type().equals(type.name()))
        .map(task ->
            TaskStanding.of(
                task.id().toString(), word(task), handoff.result(type, task).orElse(null)));
  }

  private static String word(Task task) {
    return switch (task.state()) {
      case TaskState.Queued(var _, var waiting) ->
          switch (waiting) {
            case TaskState.Waiting.ForRetry _, TaskState.Waiting.Snoozed _ -> "RETRY";
            case TaskState.Waiting.Submitted _,
                TaskState.Waiting.Rescued _,
                TaskState.Waiting.Retried _ ->
                "PENDING";
          };
      case TaskState.Processing _ -> "STARTED";
      case TaskState.Completed _ -> "SUCCESS";
      case TaskState.Failed _ -> "FAILURE";
      case TaskState.Cancelled _ -> "REVOKED";
    };
  }
}
