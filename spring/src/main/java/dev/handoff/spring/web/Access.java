package dev.handoff.spring.web;

import dev.handoff.TaskId;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far a caller's credential reaches: what it may do, and whether only with one task.
///
/// @param permissions what it may do
/// @param onlyTask the one task that it is good for; null for all the caller may see
public record Access(Set<Permission> permissions, @Nullable TaskId onlyTask) {
  /// Everything, as a person who is logged in has it.
  public static final Access FULL = new Access(EnumSet.allOf(Permission.class), null);

  public Access {
    permissions = Set.copyOf(permissions);
  }

  /// Whether it is good for this task.
  public boolean covers(TaskId task) {
    return onlyTask == null || onlyTask.equals(task);
  }
}
