package dev.handoff.spring.api;

import dev.handoff.TimeSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Deletes expired keys and batches every minute, in small portions. Confined to the lifecycle's
/// thread, but for its own timer.
final class SubmitSweeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SubmitSweeper.class);
  private static final int PORTION = 1000;

  private final SubmitTables tables;
  private final TimeSource clock;
  private @Nullable ScheduledExecutorService timer;

  SubmitSweeper(SubmitTables tables, TimeSource clock) {
    this.tables = tables;
    this.clock = clock;
  }

  /// Deletes all that has expired.
  ///
  /// @return how many
  int runOnce() {
    int deleted = 0;
    int portion;
    do {
      portion = tables.purge(clock.instant(), PORTION);
      deleted += portion;
    } while (portion >= PORTION);
    return deleted;
  }

  @Override
  public void start() {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("handoff-submit-sweeper").daemon().factory());
    var _ = ticks.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.MINUTES);
    timer = ticks;
  }

  private void sweep() {
    try {
      int deleted = runOnce();
      if (deleted > 0) {
        LOG.info("expired idempotency keys and batches deleted count={}", deleted);
      }
    } catch (RuntimeException e) {
      LOG.warn("expired idempotency keys and batches could not be deleted, trying again", e);
    }
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
