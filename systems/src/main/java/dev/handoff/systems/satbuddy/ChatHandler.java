package dev.handoff.systems.satbuddy;

import dev.handoff.AttemptException;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.ai.AiImage;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.CutAnswer;
import dev.handoff.ai.TokenListener;
import dev.handoff.systems.kit.ModelJson;
import java.util.List;

/// Answers one message of a pupil.
record ChatHandler(Tutor tutor, ImageStore images, int retries)
    implements Handler<ChatRequest, ChatResult> {
  private static final String LOOKING = "Analyzing image…";
  private static final String WRITING = "Generating response…";

  @Override
  public Outcome<ChatResult> handle(ChatRequest request, TaskContext context)
      throws InterruptedException {
    boolean looks = !request.images().isEmpty();
    context.progress(10, looks ? LOOKING : WRITING, looks ? "look" : "write");
    List<AiImage> attached = images.read(request.images(), context.submission().owner());
    try {
      TokenListener writing = new Writing(context)::piece;
      AiReply reply = CutAnswer.told(tutor.answer(request, attached, writing), writing);
      ModelJson.record(ModelJson.usage(reply), context);
      ChatResult result = new ChatResult(reply.text(), reply.generatedByAi());
      boolean shared = reply.generatedByAi() && !reply.isCut();
      return shared ? Outcome.done(result) : Outcome.uncached(result);
    } catch (AttemptException failure) {
      throw ProviderBusy.sort(failure, new ProviderBusy.Tries(context.attempt(), retries));
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
