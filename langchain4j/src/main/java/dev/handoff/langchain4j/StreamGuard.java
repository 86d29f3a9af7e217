package dev.handoff.langchain4j;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.EOFException;
import java.io.IOException;
import java.util.regex.Pattern;

/// Tells a stream that was finished from one that broke off, which the library does not: half an
/// answer would be stored as a whole one. Only streams of chat completions can be told. Used by one
/// thread.
final class StreamGuard implements ServerSentEventListener {
  private static final Pattern FINISHED = Pattern.compile("\"finish_reason\"\\s*:\\s*\"");
  private static final Pattern CHAT_COMPLETIONS = Pattern.compile(".*/chat/completions(\\?.*)?");

  private final ServerSentEventListener listener;
  private final AnswerTime time;
  private boolean finished;
  private boolean failed;

  private StreamGuard(ServerSentEventListener listener, AnswerTime time, boolean finished) {
    this.listener = listener;
    this.time = time;
    this.finished = finished;
  }

  static StreamGuard of(String url, ServerSentEventListener listener, AnswerTime time) {
    return new StreamGuard(listener, time, !CHAT_COMPLETIONS.matcher(url).matches());
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
        error instanceof IOException io ? new LangChain4jException(time.explain(io)) : error);
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
