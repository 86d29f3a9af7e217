package dev.handoff;

/// Is told what an engine does. Called on the engine's threads, so it returns at once and does not
/// throw. What it throws nevertheless is logged and changes nothing.
@FunctionalInterface
public interface EngineListener {
  /// Called once for each event, on the thread where it happened.
  void on(EngineEvent event);

  /// This one, then the other.
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
