package dev.handoff.ai;

import java.nio.file.Path;

/// Something that writes down what is said, slowly. Safe for use by many threads; every call blocks
/// its own (virtual) thread.
public interface AiTranscriber extends AutoCloseable {
  /// Writes down what is said in this WAV file, which the provider may limit (OpenAI: 25 MB).
  ///
  /// Never tries twice: whether and when to try again is the engine's decision.
  ///
  /// @throws dev.handoff.AttemptException when no usable answer came, with its kind and a message
  ///   that a person may read
  /// @throws InterruptedException when the calling thread was interrupted; the provider's call is
  ///   then already cancelled
  AiTranscript transcribe(Path wav) throws InterruptedException;

  /// Gives back connections and threads. Calls still under way may fail.
  @Override
  default void close() {}
}
