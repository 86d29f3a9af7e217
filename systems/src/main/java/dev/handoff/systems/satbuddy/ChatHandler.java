package dev.handoff.systems.satbuddy;

import dev.handoff.AttemptException;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.Usage;
import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiReply;
import java.util.List;

/// Answers one message of a pupil.
final class ChatHandler implements Handler<ChatRequest, ChatResult> {
  private static final String LOOKING = "Analyzing image…";
  private static final String WRITING = "Generating response…";

  private final Tutor tutor;
  private final ImageStore images;
  private final int retries;

  ChatHandler(Tutor tutor, ImageStore images, int retries) {
    this.tutor = tutor;
    this.images = images;
    this.retries = retries;
  }

  @Override
  public Outcome<ChatResult> handle(ChatRequest request, TaskContext context)
      throws InterruptedException {
    boolean looks = !request.images().isEmpty();
    context.progress(10, looks ? LOOKING : WRITING, looks ? "look" : "write");
    List<AiImage> attached = images.read(request.images(), context.submission().owner());
    try {
      AiReply reply = tutor.answer(request, attached, new Writing(context)::piece);
      record(reply, context);
      return Outcome.done(new ChatResult(reply.text(), reply.generatedByAi()));
    } catch (AttemptException failure) {
      throw BusyAi.sort(failure, new BusyAi.Tries(context.attempt(), retries));
    }
  }

  static void record(AiReply reply, TaskContext context) {
    if (reply.usage().totalTokens() > 0) {
      context.usage(
          new Usage(reply.model(), reply.usage().inputTokens(), reply.usage().outputTokens()));
    }
  }

  /// Passes the pieces of an answer on; the first one shows that the images were looked at. Used by
  /// the attempt's thread only.
  private static final class Writing {
    private final TaskContext context;
    private boolean begun;

    Writing(TaskContext context) {
      this.context = context;
    }

    void piece(String piece) {
      if (!begun) {
        begun = true;
        context.progress(40, WRITING, "write");
      }
      context.emit(piece);
    }
  }
}
