package dev.handoff;

import dev.handoff.engine.EngineLog;

/// What a program plugs into an engine: how values become text, who is told what the engine does,
/// and who is told durably that tasks ended.
public record Extensions(PayloadCodec codec, EngineListener listener, EndListener ends) {
  /// Strings as they are, what an operator should know as log lines, and no end told.
  public static Extensions defaults() {
    return new Extensions(PayloadCodec.strings(), new EngineLog(), EndListener.NONE);
  }

  /// Returns a copy with this codec for requests, results and steps.
  public Extensions withCodec(PayloadCodec codec) {
    return new Extensions(codec, listener, ends);
  }

  /// Telling this listener as well.
  public Extensions tellingAlso(EngineListener other) {
    return new Extensions(codec, listener.and(other), ends);
  }

  /// Returns a copy that reports to this listener only, and logs nothing.
  public Extensions telling(EngineListener listener) {
    return new Extensions(codec, listener, ends);
  }

  /// Announcing ends to this listener alone.
  public Extensions announcingTo(EndListener ends) {
    return new Extensions(codec, listener, ends);
  }
}
