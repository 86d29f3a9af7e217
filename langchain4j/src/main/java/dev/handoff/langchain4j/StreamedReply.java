package dev.handoff.langchain4j;

import dev.handoff.TaskContext;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// One answer as it streams in: emits its pieces, remembers the first thing that went wrong, and
/// cancels the call when the attempt is over. The pieces come on the handler's thread or on one of
/// the HTTP client's.
final class StreamedReply implements StreamingChatResponseHandler {
  private final TaskContext task;
  private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();
  private volatile @Nullable StreamingHandle handle;

  StreamedReply(TaskContext task) {
    this.task = task;
  }

  @Override
  public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
    handle = context.streamingHandle();
    if (response.isDone() || Thread.currentThread().isInterrupted() || task.stopRequested()) {
      fail(new InterruptedException("the attempt is over"));
      cancel();
      return;
    }
    try {
      task.emit(piece.text());
    } catch (RuntimeException e) {
      fail(e);
      cancel();
    }
  }

  /// Chunks without text: among them the refusals and errors that the library passes over.
  @Override
  public void onUnmappedRawEvent(Object event) {
    if (event instanceof ServerSentEvent sse) {
      ModelFailures.inStream(sse.data()).ifPresent(this::fail);
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse complete) {
    response.complete(complete);
  }

  @Override
  public void onError(Throwable error) {
    fail(error);
  }

  private void fail(Throwable first) {
    response.completeExceptionally(first);
  }

  private void cancel() {
    StreamingHandle streaming = handle;
    if (streaming != null) {
      streaming.cancel();
    }
  }

  /// The whole answer, once it is there.
  ChatResponse await() throws InterruptedException {
    try {
      return response.get();
    } catch (InterruptedException e) {
      fail(e);
      cancel();
      throw e;
    } catch (ExecutionException e) {
      throw ModelFailures.unchecked(e.getCause());
    }
  }
}
