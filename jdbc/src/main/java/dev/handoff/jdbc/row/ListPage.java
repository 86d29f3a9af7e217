package dev.handoff.jdbc.row;

import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A page of a list: the newest tasks below an id.
public record ListPage(TaskQuery query, TaskId below, int atMost) {
  public static ListPage of(TaskQuery query, Optional<TaskId> before, int atMost) {
    return new ListPage(query, query.below(before), TaskQuery.requirePage(atMost));
  }

  public List<String> states() {
    Set<TaskStatus> asked = query.statuses();
    Set<TaskStatus> wanted = asked.isEmpty() ? EnumSet.allOf(TaskStatus.class) : asked;
    return wanted.stream().map(TaskStatus::word).toList();
  }
}
