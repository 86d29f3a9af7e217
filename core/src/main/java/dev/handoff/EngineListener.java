package dev.handoff;

/// Is told what an engine does. Called on the engine's threads, so it returns at once and does not
/// throw.
@FunctionalInterface
public interface EngineListener {
  /// Something happened.
  void on(EngineEvent event);

  /// This one, then the other.
  default EngineListener and(EngineListener other) {
    return event -> {
      on(event);
      other.on(event);
    };
  }
}
