package dev.handoff.spring.web;

import dev.handoff.Handoff;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Decides who may see a task: its owner, within its tenant, with a credential that covers it. For
/// other callers the task does not exist. Safe for use by many threads.
public final class TaskVisibility {
  private final Handoff handoff;

  public TaskVisibility(Handoff handoff) {
    this.handoff = handoff;
  }

  /// The task with this id if the caller may see it. A malformed, unknown, expired and foreign id
  /// are all the same.
  public Optional<Task> find(Caller caller, String id) {
    return TaskId.parse(id)
        .flatMap(handoff::find)
        .filter(task -> maySee(caller, task.id(), task.submission()));
  }

  /// A page of tasks, and the start of the next one; empty after the last page.
  public record TaskPage(List<TaskSummary> tasks, Optional<TaskId> next) {}

  /// Those of the tasks the query asks for that the caller may see, newest first, from before this
  /// id on.
  ///
  /// @param atMost 1 to [TaskQuery#PAGE_LIMIT]; a page may have fewer and not be the last
  public TaskPage list(Caller caller, TaskQuery query, Optional<TaskId> before, int atMost) {
    TaskQuery own =
        new TaskQuery(
            caller.owner(),
            caller.tenant(),
            query.subject(),
            query.type(),
            query.statuses(),
            query.createdFrom(),
            query.createdUntil());
    List<TaskSummary> found = handoff.list(own, before, atMost);
    return new TaskPage(
        found.stream().filter(task -> maySee(caller, task.id(), task.submission())).toList(),
        found.size() < atMost ? Optional.empty() : Optional.of(found.getLast().id()));
  }

  private static boolean maySee(Caller caller, TaskId id, Submission submission) {
    return caller.access().covers(id)
        && submission.owner().equals(caller.owner())
        && Objects.equals(submission.tenant(), caller.tenant());
  }
}
