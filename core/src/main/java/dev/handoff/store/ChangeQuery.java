package dev.handoff.store;

import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import java.time.Instant;

/// Which of an owner's tasks to read: those that are open, and those that changed at that time or
/// later; of these the ones with ids below the given one.
public record ChangeQuery(TaskOwner of, Instant since, TaskId below) {
  public static ChangeQuery of(TaskOwner owner, Instant since) {
    return new ChangeQuery(owner, since, TaskId.firstAt(Instant.MAX));
  }

  /// The page that follows the task.
  public ChangeQuery after(TaskId last) {
    return new ChangeQuery(of, since, last);
  }
}
