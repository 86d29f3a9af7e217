package dev.handoff.jdbc.row;

import java.time.Duration;
import java.util.function.IntFunction;

/// The number of tasks that one write deleted, and whether more may be left.
public record Purged(int tasks, boolean more) {
  /// How long a task is kept whose end could not be announced.
  public static final Duration TO_ANNOUNCE = Duration.ofDays(1);

  /// Purges in parts, each in a write of its own, until nothing is left or `atMost` tasks are
  /// deleted.
  ///
  /// @return how many were deleted
  public static int inParts(int atMost, IntFunction<Purged> purge) {
    int deleted = 0;
    boolean more = true;
    while (more && deleted < atMost) {
      Purged purged = purge.apply(atMost - deleted);
      deleted += purged.tasks();
      more = purged.more();
    }
    return deleted;
  }
}
