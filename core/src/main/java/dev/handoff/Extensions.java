package dev.handoff;

import dev.handoff.engine.EngineLog;

/// What a program plugs into an engine: how values become text, and who is told what the engine
/// does.
public record Extensions(PayloadCodec codec, EngineListener listener) {
  /// Strings as they are, and what an operator should know as log lines.
  public static Extensions defaults() {
    return new Extensions(PayloadCodec.strings(), new EngineLog());
  }

  /// With this codec.
  public Extensions withCodec(PayloadCodec codec) {
    return new Extensions(codec, listener);
  }

  /// Telling this listener as well.
  public Extensions tellingAlso(EngineListener other) {
    return new Extensions(codec, listener.and(other));
  }

  /// Telling this listener alone.
  public Extensions telling(EngineListener listener) {
    return new Extensions(codec, listener);
  }
}
