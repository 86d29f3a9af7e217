package dev.handoff;

/// Receives what an engine reports about itself. Called on the engine's threads, so it returns at
/// once and does not throw. An exception is logged and changes nothing.
@FunctionalInterface
public interface EngineListener {
  /// Called once for each event, on the thread where it happened.
  void on(EngineEvent event);

  /// Returns a listener that calls this one and then the other, even if this one throws.
  default EngineListener and(EngineListener other) {
    return event -> {
      try {
        on(event);
      } finally {
        other.on(event);
      }
    };
  }
}
