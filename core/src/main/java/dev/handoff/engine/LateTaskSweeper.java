package dev.handoff.engine;

import java.time.Duration;

/// Cancels tasks that were not started in time, within about a second; no claim starts them
/// meanwhile.
final class LateTaskSweeper implements AutoCloseable {
  private static final int BATCH = 200;
  private static final int BATCHES_A_ROUND = 50;
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final EngineParts parts;
  private final ServiceLoop loop;

  LateTaskSweeper(EngineParts parts) {
    this.parts = parts;
    this.loop = ServiceLoop.virtual("late-tasks", EVERY, this::runRound, parts);
  }

  private void runRound() {
    var ignored = runOnce();
  }

  void start() {
    loop.start();
  }

  /// Cancels what is too late.
  ///
  /// @return how many tasks were cancelled
  int runOnce() {
    int cancelled = 0;
    for (int batch = 0; batch < BATCHES_A_ROUND; batch++) {
      int count = parts.store().cancelLate(BATCH);
      cancelled += count;
      if (count < BATCH) {
        break;
      }
    }
    return cancelled;
  }

  @Override
  public void close() {
    loop.close();
  }
}
