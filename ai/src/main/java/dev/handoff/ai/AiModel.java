package dev.handoff.ai;

/// A model that answers requests with text. Safe for use by many threads; every call blocks its own
/// (virtual) thread for as long as the answer takes.
public interface AiModel extends AutoCloseable {

  /// Sends a request and waits for the whole answer. With a listener other than
  /// [TokenListener#NONE] the answer is streamed: the listener receives its pieces in order on the
  /// calling thread; joined, they are the text of the reply.
  ///
  /// Makes one attempt only: whether and when to try again is the engine's decision.
  ///
  /// @throws dev.handoff.AttemptException when no usable answer came, with its kind and a message
  ///   that a person may read
  /// @throws InterruptedException when the calling thread was interrupted; the provider's call is
  ///   then already cancelled, and the interrupt flag is cleared as usual with this exception
  AiReply ask(AiRequest request, TokenListener onToken) throws InterruptedException;

  /// Asks and waits for the whole answer, without streaming.
  default AiReply ask(AiRequest request) throws InterruptedException {
    return ask(request, TokenListener.NONE);
  }

  /// Closes connections and threads. Calls that are still running may fail.
  @Override
  default void close() {}
}
