package dev.handoff.springai;

import dev.handoff.TaskContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.BaseSubscriber;

/// One answer as it streams in, on threads of the client: emits its pieces. The handler's thread
/// waits for the whole.
final class StreamedPrompt extends BaseSubscriber<ChatResponse> {
  private final TaskContext task;
  private final Replies.ReplyPieces reply = new Replies.ReplyPieces();
  private final CompletableFuture<ClientReply> whole = new CompletableFuture<>();

  StreamedPrompt(TaskContext task) {
    this.task = task;
  }

  @Override
  protected void hookOnSubscribe(Subscription subscription) {
    requestUnbounded();
  }

  @Override
  protected void hookOnNext(ChatResponse piece) {
    if (task.stopRequested()) {
      throw new ClientFailures.OverException();
    }
    String text = reply.add(piece);
    if (!text.isEmpty()) {
      task.emit(text);
    }
  }

  @Override
  protected void hookOnComplete() {
    try {
      whole.complete(reply.build());
    } catch (RuntimeException e) {
      whole.completeExceptionally(e);
    }
  }

  @Override
  protected void hookOnError(Throwable error) {
    whole.completeExceptionally(error);
  }

  /// The whole answer, once it is there.
  ClientReply await() throws InterruptedException {
    try {
      return whole.get();
    } catch (InterruptedException e) {
      dispose();
      throw e;
    } catch (ExecutionException e) {
      throw ClientFailures.unchecked(e.getCause());
    }
  }
}
