package dev.handoff.spring;

import dev.handoff.Handoff;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Lets the engine begin to claim tasks in the last phase of the start, after the web server: a
/// handler never meets an application that is half started, and a start that fails runs none.
final class ClaimLifecycle implements SmartLifecycle {
  private final Handoff handoff;
  private final boolean keepAlive;
  private volatile @Nullable CountDownLatch stopped;

  /// @param keepAlive whether the process goes on although nothing else keeps it, such as a web
  ///   server
  ClaimLifecycle(Handoff handoff, boolean keepAlive) {
    this.handoff = handoff;
    this.keepAlive = keepAlive;
  }

  @Override
  public void start() {
    CountDownLatch stop = new CountDownLatch(1);
    stopped = stop;
    handoff.startClaiming();
    if (keepAlive) {
      Thread.ofPlatform().name("handoff-keep-alive").daemon(false).start(() -> awaitStop(stop));
    }
  }

  private static void awaitStop(CountDownLatch stop) {
    try {
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    CountDownLatch running = stopped;
    if (running != null) {
      running.countDown();
      stopped = null;
    }
  }

  @Override
  public boolean isRunning() {
    return stopped != null;
  }

  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
