package dev.handoff.spring.tables;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Deletes expired rows at a fixed interval while the application runs. A failed sweep is logged
/// and repeated at the next interval. Confined to the lifecycle's thread, except for its own timer.
public final class Sweeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  private final String what;
  private final Duration every;
  private final IntSupplier sweep;
  private @Nullable ScheduledExecutorService timer;

  /// Sweeps at this interval, first after one interval. `what` is a name for the log, such as "old
  /// images"; `sweep` returns how many rows it deleted.
  public Sweeper(String what, Duration every, IntSupplier sweep) {
    this.what = Objects.requireNonNull(what);
    this.every = Objects.requireNonNull(every);
    this.sweep = Objects.requireNonNull(sweep);
  }

  @Override
  public void start() {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("handoff-sweeper").daemon().factory());
    var ignored =
        ticks.scheduleWithFixedDelay(
            this::sweep, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    timer = ticks;
  }

  private void sweep() {
    try {
      int deleted = sweep.getAsInt();
      if (deleted > 0) {
        LOG.info("{} deleted count={}", what, deleted);
      }
    } catch (RuntimeException e) {
      LOG.warn("{} could not be deleted, trying again", what, e);
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
