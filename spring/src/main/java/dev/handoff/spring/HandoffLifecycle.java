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
    // The engine was started when the bean was created.
  }

  @Override
  public void stop() {
    handoff.close();
  }

  @Override
  public boolean isRunning() {
    // An engine with a loop that stopped has to be closed as well.
    Handoff.NodeStatus node = handoff.status();
    return node.running() || !node.stalled().isEmpty();
  }

  @Override
  public int getPhase() {
    return BEFORE_THE_WEB_SERVER;
  }
}
