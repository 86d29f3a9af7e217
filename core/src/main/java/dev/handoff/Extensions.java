package dev.handoff;

import dev.handoff.engine.EngineLog;

/// What an application plugs into an engine: the codec for values, the listener for engine events,
/// and the listener for ends of tasks.
public record Extensions(PayloadCodec codec, EngineListener listener, EndListener ends) {
  /// Returns a codec for strings, a listener that logs what an operator needs to know, and no
  /// listener for ends.
  public static Extensions defaults() {
    return new Extensions(PayloadCodec.strings(), new EngineLog(), EndListener.NONE);
  }

  /// Returns a copy with this codec for requests, results and steps.
  public Extensions withCodec(PayloadCodec codec) {
    return new Extensions(codec, listener, ends);
  }

  /// Returns a copy that reports to this listener as well.
  public Extensions tellingAlso(EngineListener other) {
    return new Extensions(codec, listener.and(other), ends);
  }

  /// Returns a copy that reports to this listener only, and logs nothing.
  public Extensions telling(EngineListener listener) {
    return new Extensions(codec, listener, ends);
  }

  /// Returns a copy that announces ends to this listener only.
  public Extensions announcingTo(EndListener ends) {
    return new Extensions(codec, listener, ends);
  }
}
