package dev.handoff.server.text;

import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.Usage;
import dev.handoff.ai.AiMessage;
import dev.handoff.ai.AiModel;
import dev.handoff.ai.AiReply;
import dev.handoff.ai.AiRequest;
import dev.handoff.ai.CutAnswer;
import dev.handoff.ai.TokenListener;

/// Does `text` tasks: asks a model, and passes the pieces of its answer on. Safe for use by many
/// threads.
final class TextHandler implements Handler<TextRequest, TextResult> {
  private final AiModel model;

  TextHandler(AiModel model) {
    this.model = model;
  }

  @Override
  public Outcome<TextResult> handle(TextRequest request, TaskContext context)
      throws InterruptedException {
    context.progress(10, "Writing…", "write");
    TokenListener writing = context::emit;
    AiRequest asked = AiRequest.of(request.toDo(), AiMessage.user(request.input()));
    AiReply reply = CutAnswer.told(model.ask(asked, writing), writing);
    if (reply.usage().totalTokens() > 0) {
      context.usage(
          new Usage(reply.model(), reply.usage().inputTokens(), reply.usage().outputTokens()));
    }
    TextResult result = new TextResult(reply.text(), reply.generatedByAi());
    return reply.isCut() ? Outcome.uncached(result) : Outcome.done(result);
  }
}
