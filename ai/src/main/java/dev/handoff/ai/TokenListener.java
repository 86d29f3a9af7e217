package dev.handoff.ai;

/// Receives an answer while it is written.
@FunctionalInterface
public interface TokenListener {
  /// Ignores the pieces; a model that gets it need not stream.
  TokenListener NONE = ignored -> {};

  /// Receives the next piece of the answer: never empty, not necessarily a whole word. Called on
  /// the thread that asked. An exception cancels the call and reaches the caller unchanged.
  void onToken(String piece);
}
