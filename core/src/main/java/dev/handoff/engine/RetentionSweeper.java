package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.store.TaskStore;
import java.time.Duration;

/// Deletes ended tasks whose retention has passed, in small batches that delay no other write for
/// long.
final class RetentionSweeper implements AutoCloseable {
  private static final int BATCH = 200;
  private static final int BATCHES_A_ROUND = 50;
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final EngineParts parts;
  private final UnhandledTypes unhandled;
  private final AttemptDurations durations;
  private final ServiceLoop loop;

  RetentionSweeper(EngineParts parts, UnhandledTypes unhandled, AttemptDurations durations) {
    this.parts = parts;
    this.unhandled = unhandled;
    this.durations = durations;
    this.loop = ServiceLoop.virtual("retention", EVERY, this::runRound, parts);
  }

  private void runRound() {
    var ignored = runOnce();
    unhandled.report();
    durations.keep();
  }

  void start() {
    loop.start();
  }

  /// Deletes what is due.
  ///
  /// @return how many tasks were deleted
  int runOnce() {
    int deleted = 0;
    for (int batch = 0; batch < BATCHES_A_ROUND; batch++) {
      int count = parts.store().purge(BATCH, TaskStore.TOLD_FOR);
      deleted += count;
      if (count < BATCH) {
        break;
      }
    }
    if (deleted > 0) {
      parts.listener().on(new EngineEvent.TasksPurged(deleted));
    }
    return deleted;
  }

  @Override
  public void close() {
    loop.close();
  }
}
