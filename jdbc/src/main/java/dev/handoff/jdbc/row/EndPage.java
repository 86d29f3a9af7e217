package dev.handoff.jdbc.row;

import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.store.Announced;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Pages of the ends that are to be announced, in the order of the tasks' ids.
public final class EndPage {
  /// Before the first page.
  public static final TaskId BEFORE_ALL = new TaskId(new UUID(0, 0));

  private EndPage() {}

  /// The result of a page: a next one exists only if this one was full.
  public static Announced announced(int announced, List<Task> ended, int atMost) {
    return new Announced(
        announced, ended.size() < atMost ? Optional.empty() : Optional.of(ended.getLast().id()));
  }
}
