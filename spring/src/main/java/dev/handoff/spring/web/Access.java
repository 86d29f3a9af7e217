package dev.handoff.spring.web;

import dev.handoff.TaskId;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a caller's credential permits, and whether for one task only.
///
/// @param permissions what it may do
/// @param onlyTask the one task that it is good for; null for all the caller may see
public record Access(Set<Permission> permissions, @Nullable TaskId onlyTask) {
  /// All permissions over what is one's own, which a user with a login has.
  public static final Access FULL =
      new Access(EnumSet.complementOf(EnumSet.of(Permission.OPERATOR)), null);

  public Access {
    permissions = Set.copyOf(permissions);
  }

  /// Returns whether it covers this task.
  public boolean covers(TaskId task) {
    return onlyTask == null || onlyTask.equals(task);
  }
}
