package dev.handoff.systems.trainingvideos;

import dev.handoff.TimeSource;
import java.time.Duration;
import java.time.Instant;

/// Cleans up: fails modules that nothing happens to any more, deletes files that no module has (an
/// upload that a crash broke off), forgets old measurements.
record ModuleSweeper(
    TrainingModules modules,
    ModuleTable table,
    ModuleFiles files,
    StageTimes times,
    TimeSource clock) {
  // Longer than any upload takes: its row comes with its last byte.
  private static final Duration LONGEST_UPLOAD = Duration.ofHours(6);
  private static final Duration MEASURED = Duration.ofDays(90);

  /// Cleans up once.
  ///
  /// @return how many folders were deleted
  int sweep() {
    modules.failStale();
    times.forget(MEASURED);
    Instant before = clock.instant().minus(LONGEST_UPLOAD);
    int deleted = 0;
    for (String id : files.untouchedSince(before)) {
      if (table.find(id).isEmpty()) {
        files.delete(id);
        deleted++;
      }
    }
    return deleted;
  }
}
