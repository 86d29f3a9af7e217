package dev.handoff.systems.satbuddy;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Deletes old images now and then. Confined to the lifecycle's thread, but for its own timer.
final class ImageSweeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ImageSweeper.class);
  private static final Duration SELDOM = Duration.ofMinutes(30);
  private static final Duration OFTEN = Duration.ofSeconds(1);

  private final ImageStore images;
  private final Duration every;
  private @Nullable ScheduledExecutorService timer;

  ImageSweeper(ImageStore images, Duration retention) {
    this.images = images;
    Duration part = retention.dividedBy(10);
    Duration atLeast = part.compareTo(OFTEN) < 0 ? OFTEN : part;
    this.every = atLeast.compareTo(SELDOM) > 0 ? SELDOM : atLeast;
  }

  @Override
  public void start() {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sat-buddy-images").daemon().factory());
    var _ =
        ticks.scheduleWithFixedDelay(
            this::sweep, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    timer = ticks;
  }

  private void sweep() {
    try {
      int deleted = images.sweep();
      if (deleted > 0) {
        LOG.info("old images deleted count={}", deleted);
      }
    } catch (RuntimeException e) {
      LOG.warn("old images could not be deleted, trying again", e);
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
