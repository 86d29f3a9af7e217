package dev.handoff.spring.web;

import dev.handoff.Handoff;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import java.util.Objects;
import java.util.Optional;

/// The one place that decides who may see a task: its owner, within its tenant, with a credential
/// that covers it. For everybody else it does not exist. Safe for use by many threads.
public final class TaskVisibility {
  private final Handoff handoff;

  /// Over the tasks of this engine.
  public TaskVisibility(Handoff handoff) {
    this.handoff = handoff;
  }

  /// The task with this id if the caller may see it. A malformed, unknown, expired and foreign id
  /// are all the same.
  public Optional<Task> find(Caller caller, String id) {
    return TaskId.parse(id).flatMap(handoff::find).filter(task -> maySee(caller, task));
  }

  private static boolean maySee(Caller caller, Task task) {
    Submission submission = task.submission();
    return caller.access().covers(task.id())
        && submission.owner().equals(caller.owner())
        && Objects.equals(submission.tenant(), caller.tenant());
  }
}
