package dev.handoff.store;

import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import java.time.Instant;

/// Selects an owner's tasks that are open or changed at this time or later, with ids below the
/// given one.
public record ChangeQuery(TaskOwner of, Instant since, TaskId below) {
  public static ChangeQuery of(TaskOwner owner, Instant since) {
    return new ChangeQuery(owner, since, TaskId.firstAt(Instant.MAX));
  }

  /// Returns the query for the page after this task.
  public ChangeQuery after(TaskId last) {
    return new ChangeQuery(of, since, last);
  }
}
