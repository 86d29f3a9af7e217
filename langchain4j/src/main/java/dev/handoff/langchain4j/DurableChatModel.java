package dev.handoff.langchain4j;

import dev.handoff.TaskContext;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// Asks a model in steps of a task. An answer that came is stored, and an attempt after a crash
/// gets it without a call. Each call is made once: whether and when to try again is the engine's
/// decision, so build models with `maxRetries(0)`.
///
/// - Tokens are added to those of the task ([TaskContext#usage]), and are in the stored reply, from
///   which a [dev.handoff.Settlement] can be made after a restart as well.
/// - A rate limit (429) is an [dev.handoff.AttemptException] with the wait that the provider asked
///   for, 10 s where it did not say. Such a failure costs no attempt. `Retry-After` is known only
///   of models that are built with [InterruptibleHttpClient].
/// - A wrong key, an unknown model or an invalid request fail the task at once.
/// - When the attempt is over (cancelled, timed out, at its soft limit, rescued elsewhere) the
///   thread is interrupted, the connection to the provider is closed and `InterruptedException` is
///   thrown. A [StreamingChatModel] with another HTTP client notices it at the next piece only.
///
/// Safe for use by many threads.
public final class DurableChatModel {
  private static final int CHUNK = 4_000;

  private final ModelCall call;
  private final boolean emits;

  private DurableChatModel(ModelCall call, boolean emits) {
    this.call = call;
    this.emits = emits;
  }

  private interface ModelCall {
    ChatResponse ask(ChatRequest request, TaskContext task) throws InterruptedException;
  }

  /// Asks this model for whole answers; nothing is emitted.
  public static DurableChatModel of(ChatModel model) {
    Objects.requireNonNull(model, "a model is asked");
    return new DurableChatModel((request, ignoredTask) -> model.chat(request), false);
  }

  /// Emits answers while this model writes them ([TaskContext#emit]). A stored answer is emitted
  /// again as a whole, because each attempt begins with an empty output. A handler that falls back
  /// to something else after a failure takes the pieces back with [TaskContext#resetOutput].
  public static DurableChatModel streaming(StreamingChatModel model) {
    Objects.requireNonNull(model, "a model is asked");
    return new DurableChatModel(
        (request, task) -> {
          StreamedReply reply = new StreamedReply(task);
          model.chat(request, reply);
          return reply.await();
        },
        true);
  }

  /// Asks in a step of this name, which is unique within the task: a loop adds its index.
  ///
  /// @throws dev.handoff.AttemptException when no usable answer came, with its kind
  /// @throws InterruptedException when the attempt has to stop; the call is cancelled
  /// @throws dev.handoff.LeaseLostException when the attempt may not write any more
  /// @throws Exception what the model throws that is no failure of the provider
  public ModelReply ask(TaskContext task, String step, ChatRequest request) throws Exception {
    AtomicBoolean asked = new AtomicBoolean();
    ModelReply reply =
        task.step(
            step,
            ModelReply.class,
            () -> {
              asked.set(true);
              return ask(task, request);
            });
    if (emits && !asked.get()) {
      emit(task, reply.text());
    }
    return reply;
  }

  /// As [#ask(TaskContext, String, ChatRequest)], with one message of the user.
  ///
  /// @throws Exception as there
  public ModelReply ask(TaskContext task, String step, String prompt) throws Exception {
    return ask(task, step, ChatRequest.builder().messages(UserMessage.from(prompt)).build());
  }

  private ModelReply ask(TaskContext task, ChatRequest request) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the model was asked");
    }
    ChatResponse response;
    try {
      response = call.ask(request, task);
    } catch (RuntimeException e) {
      throw ModelFailures.sorted(e);
    }
    ModelReply reply = ModelReply.of(ModelFailures.requireUsable(response));
    task.usage(reply.usage());
    return reply;
  }

  private static void emit(TaskContext task, String text) {
    for (int from = 0; from < text.length(); from += CHUNK) {
      task.emit(text.substring(from, Math.min(text.length(), from + CHUNK)));
    }
  }
}
