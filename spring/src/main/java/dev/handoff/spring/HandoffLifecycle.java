package dev.handoff.spring;

import dev.handoff.Handoff;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/// Ends the engine's work with the application. When the context begins to close, before executors
/// refuse work and the web server waits for its last requests, the engine stops claiming. After the
/// web server's last request it is drained: running attempts have the time of
/// `handoff.worker.drain`, counted from the beginning. It is closed with its bean, before the
/// database; a context that is only stopped may be started again.
final class HandoffLifecycle
    implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, Ordered {
  private static final int BEFORE_THE_WEB_SERVER = 1_000;

  private final Handoff handoff;
  private final ApplicationContext context;
  private volatile boolean running;

  HandoffLifecycle(Handoff handoff, ApplicationContext context) {
    this.handoff = handoff;
    this.context = context;
  }

  // Tasks can be submitted as soon as the engine is made; ClaimLifecycle begins to run them.
  @Override
  public void start() {
    running = true;
  }

  // A child context tells its parent of its own events.
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    if (event.getApplicationContext().equals(context)) {
      handoff.stopClaiming();
    }
  }

  /// Before executors are told, which then refuse work.
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public void stop() {
    handoff.drain();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// A test's context that waits for its next test keeps its attempts.
  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public int getPhase() {
    return BEFORE_THE_WEB_SERVER;
  }
}
