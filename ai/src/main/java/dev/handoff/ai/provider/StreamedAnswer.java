package dev.handoff.ai.provider;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import org.jspecify.annotations.Nullable;

/// One answer as LangChain4j streams it: passes the pieces on, remembers the first thing that went
/// wrong, and ends the call when the thread is interrupted or the listener throws. Confined to the
/// calling thread.
final class StreamedAnswer implements StreamingChatResponseHandler {
  private final AnswerText text;
  private @Nullable RuntimeException failure;
  private @Nullable ChatResponse response;

  StreamedAnswer(AnswerText text) {
    this.text = text;
  }

  @Override
  public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
    if (failure != null) {
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      fail(new ProviderConnectionException(new InterruptedException()));
    } else {
      try {
        text.add(piece.text());
      } catch (RuntimeException e) {
        fail(e);
      }
    }
    if (failure != null) {
      context.streamingHandle().cancel();
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse complete) {
    response = complete;
  }

  @Override
  public void onError(Throwable error) {
    fail(
        error instanceof RuntimeException runtime
            ? runtime
            : new ProviderConnectionException(new Exception(error)));
  }

  private void fail(RuntimeException first) {
    if (failure == null) {
      failure = first;
    }
  }

  /// The whole answer, or what went wrong.
  ChatResponse response() {
    if (failure != null) {
      throw failure;
    }
    if (response == null) {
      throw new IllegalStateException("the stream ended without an answer");
    }
    return response;
  }
}
