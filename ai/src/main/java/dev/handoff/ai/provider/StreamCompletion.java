package dev.handoff.ai.provider;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Distinguishes a stream that was finished from one that broke off, which the library does not.
/// Confined to the calling thread.
final class StreamCompletion implements ServerSentEventListener {
  private static final String PING = "ping";

  private final ServerSentEventListener listener;
  private final NativeWire wire;
  private final Runnable onPiece;
  private boolean finished;
  private @Nullable Throwable failure;

  /// @param onPiece called for every event but those that only keep the connection open
  StreamCompletion(ServerSentEventListener listener, NativeWire wire, Runnable onPiece) {
    this.listener = listener;
    this.wire = wire;
    this.onPiece = onPiece;
  }

  @Override
  public void onOpen(SuccessfulHttpResponse response) {
    listener.onOpen(response);
  }

  @Override
  public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
    if (failure != null) {
      return;
    }
    try {
      if (!event.data().isBlank()) {
        if (!PING.equals(event.event())) {
          onPiece.run();
        }
        finished |= wire.end(event.data()) != StopReason.NONE;
      }
    } catch (RuntimeException told) {
      failure = told;
      context.parsingHandle().cancel();
      return;
    }
    listener.onEvent(event, context);
  }

  @Override
  public void onError(Throwable error) {
    failure = failure == null ? error : failure;
  }

  /// Throws what went wrong, or that the stream had no end.
  void throwWhatBroke() throws IOException {
    switch (failure) {
      case null -> {
        if (!finished) {
          throw new EOFException("the stream stopped before its end");
        }
      }
      case IOException broken -> throw broken;
      case RuntimeException broken -> throw broken;
      default -> throw new IOException(failure);
    }
  }
}
