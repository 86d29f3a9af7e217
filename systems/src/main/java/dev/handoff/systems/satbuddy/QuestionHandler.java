package dev.handoff.systems.satbuddy;

import dev.handoff.AttemptException;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.TaskContext;
import dev.handoff.systems.kit.ModelJson.Written;

/// Has one practice question written and checks its form.
record QuestionHandler(QuestionWriter writer, int retries)
    implements Handler<QuestionRequest, QuestionResult> {
  @Override
  public Outcome<QuestionResult> handle(QuestionRequest request, TaskContext context)
      throws InterruptedException {
    context.progress(10, "Generating question…", "write");
    PracticeQuestion question = written(request, context).paidBy(context);
    return Outcome.done(new QuestionResult(question, writer.isAi()));
  }

  private Written<PracticeQuestion> written(QuestionRequest request, TaskContext context)
      throws InterruptedException {
    try {
      return writer.write(request);
    } catch (AttemptException failure) {
      throw ProviderBusy.sort(failure, new ProviderBusy.Tries(context.attempt(), retries));
    }
  }
}
