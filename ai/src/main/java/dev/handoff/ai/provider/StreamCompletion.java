package dev.handoff.ai.provider;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.EOFException;
import java.io.IOException;
import java.util.regex.Pattern;

/// Distinguishes a stream that was finished from one that broke off, which the library does not.
/// Confined to the calling thread.
final class StreamCompletion implements ServerSentEventListener {
  private static final Pattern FINISHED = Pattern.compile("\"finish_reason\"\\s*:\\s*\"");

  private final ServerSentEventListener listener;
  private final CallDeadline deadline;
  private boolean finished;
  private boolean failed;

  StreamCompletion(ServerSentEventListener listener, CallDeadline deadline) {
    this.listener = listener;
    this.deadline = deadline;
  }

  @Override
  public void onOpen(SuccessfulHttpResponse response) {
    listener.onOpen(response);
  }

  @Override
  public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
    finished |= "[DONE]".equals(event.data()) || FINISHED.matcher(event.data()).find();
    listener.onEvent(event, context);
  }

  @Override
  public void onError(Throwable error) {
    failed = true;
    listener.onError(
        error instanceof IOException io
            ? new ProviderConnectionException(deadline.explain(io))
            : error);
  }

  @Override
  public void onClose() {
    if (failed) {
      return;
    }
    if (finished) {
      listener.onClose();
    } else {
      onError(new EOFException("the stream stopped before its end"));
    }
  }
}
