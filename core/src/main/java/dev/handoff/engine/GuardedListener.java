package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;

/// A user's listener at the edge of the engine: what it throws is logged, and neither breaks an
/// attempt nor ends a loop.
record GuardedListener(EngineListener listener, EngineLog log) implements EngineListener {
  GuardedListener(EngineListener listener) {
    this(listener, new EngineLog());
  }

  @Override
  public void on(EngineEvent event) {
    try {
      listener.on(event);
    } catch (Throwable thrown) {
      log.listenerFailed(event, thrown);
    }
  }
}
