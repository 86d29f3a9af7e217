package dev.handoff.springai;

import dev.handoff.TaskContext;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.ResponseEntity;
import org.springframework.ai.chat.model.ChatResponse;

/// Makes a prompt of a `ChatClient` a step of a task. An answer that came is stored, and an attempt
/// after a crash gets it without a call.
///
/// - Tokens are added to those of the task ([TaskContext#usage]), and are in the stored reply, from
///   which a [dev.handoff.Settlement] can be made after a restart as well.
/// - A rate limit (429) is an [dev.handoff.AttemptException] with the wait that the provider asked
///   for, 10 s where it did not say. Such a failure costs no attempt.
/// - A wrong key, an unknown model or an invalid request fail the task at once.
/// - When the attempt is over (cancelled, timed out, at its soft limit, rescued elsewhere) the
///   thread is interrupted, the call is cancelled and `InterruptedException` is thrown. The
///   connection to OpenAI, and to what is compatible, is closed at once where its model was built
///   with [InterruptibleCalls], which Spring Boot's models are; other models close theirs when
///   their `Flux` is cancelled, or when a blocking read on a virtual thread is interrupted.
///
/// Whether and when to try again is the engine's decision: switch off the retries of the model
/// (`spring.ai.retry.max-attempts=1`, and `maxRetries(0)` in the options of OpenAI). Tools that the
/// client calls by itself are called again in another attempt, unless they are steps.
public final class DurableChat {
  private static final int CHUNK = 4_000;

  private DurableChat() {}

  /// Asks for a whole answer in a step of this name; nothing is emitted.
  ///
  /// @param step unique within the task: a loop adds its index
  /// @throws dev.handoff.AttemptException when no usable answer came, with its kind
  /// @throws InterruptedException when the attempt has to stop; the call is cancelled
  /// @throws dev.handoff.LeaseLostException when the attempt may not write any more
  /// @throws Exception what the client throws that is no failure of the provider
  public static ClientReply call(TaskContext task, String step, ChatClientRequestSpec prompt)
      throws Exception {
    return task.step(
        step,
        ClientReply.class,
        () -> asked(task, prompt, spec -> Replies.whole(spec.call().chatResponse())));
  }

  /// Asks in a step of this name, and emits the answer while it is written ([TaskContext#emit]). A
  /// stored answer is emitted again as a whole, because each attempt begins with an empty output. A
  /// handler that falls back to something else after a failure takes the pieces back with
  /// [TaskContext#resetOutput].
  ///
  /// @throws Exception as [#call]
  public static ClientReply stream(TaskContext task, String step, ChatClientRequestSpec prompt)
      throws Exception {
    AtomicBoolean fresh = new AtomicBoolean();
    ClientReply reply =
        task.step(
            step,
            ClientReply.class,
            () -> {
              fresh.set(true);
              return streamed(task, prompt);
            });
    if (!fresh.get()) {
      emit(task, reply.text());
    }
    return reply;
  }

  /// Asks for an answer of this type, as `call().entity(type)` does, and stores it under the step's
  /// name. An answer that cannot be read fails the attempt as `badOutput`.
  ///
  /// @throws Exception as [#call]
  public static <T> T entity(
      TaskContext task, String step, ChatClientRequestSpec prompt, Class<T> type) throws Exception {
    return task.step(step, type, () -> read(task, prompt, type));
  }

  private static <T> T read(TaskContext task, ChatClientRequestSpec prompt, Class<T> type)
      throws InterruptedException {
    try (PromptCall call = PromptCall.of(prompt)) {
      ResponseEntity<ChatResponse, T> answer = call.prompt().call().responseEntity(type);
      ClientReply reply = Replies.whole(answer.response());
      task.usage(reply.usage());
      return Objects.requireNonNull(answer.entity(), "the client gave no entity");
    } catch (RuntimeException e) {
      throw ClientFailures.ofEntity(e);
    }
  }

  private interface PromptAnswer {
    ClientReply ask(ChatClientRequestSpec prompt) throws InterruptedException;
  }

  private static ClientReply asked(
      TaskContext task, ChatClientRequestSpec prompt, PromptAnswer question)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the model was asked");
    }
    try (PromptCall call = PromptCall.of(prompt)) {
      ClientReply reply = question.ask(call.prompt());
      task.usage(reply.usage());
      return reply;
    } catch (RuntimeException e) {
      throw ClientFailures.sorted(e);
    }
  }

  private static ClientReply streamed(TaskContext task, ChatClientRequestSpec prompt)
      throws InterruptedException {
    return asked(
        task,
        prompt,
        spec -> {
          StreamedPrompt pieces = new StreamedPrompt(task);
          spec.stream().chatResponse().subscribe(pieces);
          return pieces.await();
        });
  }

  private static void emit(TaskContext task, String text) {
    for (int from = 0; from < text.length(); from += CHUNK) {
      task.emit(text.substring(from, Math.min(text.length(), from + CHUNK)));
    }
  }
}
