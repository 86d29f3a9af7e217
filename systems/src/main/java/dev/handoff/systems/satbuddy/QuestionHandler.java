package dev.handoff.systems.satbuddy;

import dev.handoff.AttemptException;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.ai.AiReply;

/// Has one practice question written and checks its form.
final class QuestionHandler implements Handler<QuestionRequest, QuestionResult> {
  private final QuestionWriter writer;
  private final int retries;

  QuestionHandler(QuestionWriter writer, int retries) {
    this.writer = writer;
    this.retries = retries;
  }

  @Override
  public Outcome<QuestionResult> handle(QuestionRequest request, TaskContext context)
      throws InterruptedException {
    context.progress(10, "Generating question…", "write");
    AiReply reply = ask(request, context);
    ChatHandler.record(reply, context);
    return Outcome.done(
        new QuestionResult(QuestionReader.read(reply.text()), reply.generatedByAi()));
  }

  private AiReply ask(QuestionRequest request, TaskContext context) throws InterruptedException {
    try {
      return writer.write(request);
    } catch (AttemptException failure) {
      throw BusyAi.sort(failure, new BusyAi.Tries(context.attempt(), retries));
    }
  }
}
