package dev.handoff.ai;

/// Hears an answer while it is being written.
@FunctionalInterface
public interface TokenListener {
  /// Listens to nothing; a model that gets it need not stream.
  TokenListener NONE = _ -> {};

  /// The next piece of the answer: never empty, not necessarily a whole word. Called on the thread
  /// that asked. An exception thrown here cancels the call and reaches the asker unchanged.
  void onToken(String piece);
}
