package dev.handoff.engine;

/// What a node clears away in the background: ended tasks whose retention has passed, and waiting
/// tasks that are too late.
final class Sweepers implements AutoCloseable {
  private final RetentionSweeper retention;
  private final LateTaskSweeper lateTasks;

  Sweepers(EngineParts parts, UnhandledTypes unhandled, AttemptDurations durations) {
    this.retention = new RetentionSweeper(parts, unhandled, durations);
    this.lateTasks = new LateTaskSweeper(parts);
  }

  void start() {
    retention.start();
    lateTasks.start();
  }

  /// Clears away on the calling thread what is due.
  void runOnce() {
    var unusedPurged = retention.runOnce();
    var unusedCancelled = lateTasks.runOnce();
  }

  @Override
  public void close() {
    retention.close();
    lateTasks.close();
  }
}
