package dev.handoff.spring;

import dev.handoff.Handoff;
import org.springframework.context.SmartLifecycle;

/// Closes the engine after the web server's last request and before the database closes. Running
/// attempts have the time of `handoff.worker.drain` to end.
final class HandoffLifecycle implements SmartLifecycle {
  private static final int BEFORE_THE_WEB_SERVER = 1_000;

  private final Handoff handoff;

  HandoffLifecycle(Handoff handoff) {
    this.handoff = handoff;
  }

  @Override
  public void start() {
    // Tasks can be submitted as soon as the engine is made; ClaimLifecycle begins to run them.
  }

  @Override
  public void stop() {
    handoff.close();
  }

  @Override
  public boolean isRunning() {
    // Also with a loop that stands still: what is left of it has to be closed.
    Handoff.NodeStatus node = handoff.status();
    return node.running() || !node.stalled().isEmpty();
  }

  /// A test's context that waits for its next test keeps its engine.
  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public int getPhase() {
    return BEFORE_THE_WEB_SERVER;
  }
}
