package dev.handoff.ai;

import java.nio.file.Path;

/// A speech model. Safe for use by many threads; every call blocks its own (virtual) thread for as
/// long as the answer takes.
public interface AiTranscriber extends AutoCloseable {
  /// Transcribes this WAV file, whose size the provider may limit (OpenAI: 25 MB).
  ///
  /// Makes one attempt only: whether and when to try again is the engine's decision.
  ///
  /// @throws dev.handoff.AttemptException when no usable answer came, with its kind and a message
  ///   that a person may read
  /// @throws InterruptedException when the calling thread was interrupted; the provider's call is
  ///   then already cancelled
  AiTranscript transcribe(Path wav) throws InterruptedException;

  /// Closes connections and threads. Calls that are still running may fail.
  @Override
  default void close() {}
}
