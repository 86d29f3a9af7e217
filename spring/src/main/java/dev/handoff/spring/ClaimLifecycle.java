package dev.handoff.spring;

import dev.handoff.Handoff;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;

/// Lets the engine claim tasks while the application is ready: from [ApplicationReadyEvent], so
/// that a handler never meets an application that is half started and a start that fails runs none,
/// until the first phase of the stop. A context that no SpringApplication started has no such
/// event; there the last phase of the start begins the claims. A test's context that waits for its
/// next test is paused, and claims nothing meanwhile.
final class ClaimLifecycle
    implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent>, Ordered {
  private final Handoff handoff;
  private final ApplicationContext context;
  private final boolean keepAlive;
  private volatile boolean ready;
  private volatile @Nullable CountDownLatch stopped;

  /// When a context begins to claim.
  enum ClaimStart {
    /// When it is told by an event that it is ready.
    READY_EVENT,
    /// In the last phase of its start.
    LAST_PHASE
  }

  /// @param keepAlive whether the process goes on although nothing else keeps it, such as a web
  ///   server
  ClaimLifecycle(Handoff handoff, ApplicationContext context, ClaimStart begin, boolean keepAlive) {
    this.handoff = handoff;
    this.context = context;
    this.ready = begin == ClaimStart.LAST_PHASE;
    this.keepAlive = keepAlive;
  }

  @Override
  public void start() {
    CountDownLatch stop = new CountDownLatch(1);
    stopped = stop;
    if (ready) {
      handoff.startClaiming();
    }
    if (keepAlive) {
      Thread.ofPlatform().name("handoff-keep-alive").daemon(false).start(() -> awaitStop(stop));
    }
  }

  // A child context tells its parent of its own events.
  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    if (event.getApplicationContext().equals(context)) {
      ready = true;
      if (isRunning()) {
        handoff.startClaiming();
      }
    }
  }

  /// After all others that are told that the application is ready.
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
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
    handoff.stopClaiming();
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
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
