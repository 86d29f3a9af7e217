package dev.handoff.jdbc.row;

import java.time.Duration;
import java.util.function.IntFunction;

/// What one write deleted, and whether more may be there.
public record Purged(int tasks, boolean more) {
  /// So long a task stays whose end could not be announced yet.
  public static final Duration TO_ANNOUNCE = Duration.ofDays(1);

  /// Purges part after part, each in a write of its own, until nothing is left or `atMost` tasks
  /// are deleted.
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
