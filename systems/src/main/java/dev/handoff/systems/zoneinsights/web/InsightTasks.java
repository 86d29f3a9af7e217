package dev.handoff.systems.zoneinsights.web;

import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.TaskType;
import dev.handoff.spring.web.Caller;
import dev.handoff.spring.web.TaskVisibility;
import dev.handoff.systems.kit.TaskLink.Phase;
import dev.handoff.systems.zoneinsights.InsightsRequest;
import dev.handoff.systems.zoneinsights.InsightsResult;
import dev.handoff.systems.zoneinsights.web.ExamViews.TaskStanding;
import java.util.Optional;

/// Tells how a task of insights stands, in the words of the queue that this engine replaces. Safe
/// for use by many threads.
record InsightTasks(
    Handoff handoff, TaskVisibility visibility, TaskType<InsightsRequest, InsightsResult> type) {
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
    return switch (Phase.of(task)) {
      case SUBMITTED, REQUEUED -> "PENDING";
      case WAITING_TO_RETRY -> "RETRY";
      case PROCESSING -> "STARTED";
      case COMPLETED -> "SUCCESS";
      case FAILED -> "FAILURE";
      case CANCELLED -> "REVOKED";
    };
  }
}
