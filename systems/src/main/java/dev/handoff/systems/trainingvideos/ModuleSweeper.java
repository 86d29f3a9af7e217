package dev.handoff.systems.trainingvideos;

import dev.handoff.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Cleans up now and then: fails modules that nothing happens to any more, deletes files that no
/// module has (an upload that a crash broke off), forgets old measurements. Confined to the
/// lifecycle's thread, but for its own timer.
final class ModuleSweeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleSweeper.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  // Longer than any upload takes: its row comes with its last byte.
  private static final Duration LONGEST_UPLOAD = Duration.ofHours(6);
  private static final Duration MEASURED = Duration.ofDays(90);

  private final TrainingModules modules;
  private final ModuleTable table;
  private final ModuleFiles files;
  private final StageTimes times;
  private final TimeSource clock;
  private @Nullable ScheduledExecutorService timer;

  ModuleSweeper(
      TrainingModules modules,
      ModuleTable table,
      ModuleFiles files,
      StageTimes times,
      TimeSource clock) {
    this.modules = modules;
    this.table = table;
    this.files = files;
    this.times = times;
    this.clock = clock;
  }

  /// Cleans up once.
  ///
  /// @return how many folders were deleted
  int sweep() throws IOException {
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

  private void sweepQuietly() {
    try {
      int deleted = sweep();
      if (deleted > 0) {
        LOG.info("files without a module deleted count={}", deleted);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("training modules could not be cleaned up, trying again", e);
    }
  }

  @Override
  public void start() {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("training-sweeper").daemon().factory());
    var _ =
        ticks.scheduleWithFixedDelay(
            this::sweepQuietly, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    timer = ticks;
  }

  @Override
  public void stop() {
    if (timer != null) {
      timer.shutdownNow();
      timer = null;
    }
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
