package dev.handoff.ai;

/// Something that answers a request with text, slowly. Safe for use by many threads; every call
/// blocks its own (virtual) thread.
public interface AiModel extends AutoCloseable {

  /// Asks, and waits for the whole answer. With a listener other than [TokenListener#NONE] the
  /// answer is streamed, and the listener hears its pieces in order on the calling thread; the
  /// pieces joined are the text of the reply.
  ///
  /// Never tries twice: whether and when to try again is the engine's decision.
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

  /// Gives back connections and threads. Calls still under way may fail.
  @Override
  default void close() {}
}
