package dev.handoff.systems.teamevaluation;

import dev.handoff.AttemptException;
import dev.handoff.FailureKind;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskContext;
import dev.handoff.TimeSource;
import dev.handoff.ai.AiReply;
import dev.handoff.systems.kit.ModelJson;
import dev.handoff.systems.teamevaluation.Member.School;
import dev.handoff.systems.teamevaluation.SummaryMaker.Anonymised;
import dev.handoff.systems.teamevaluation.SummaryMaker.MadeSummary;
import dev.handoff.systems.teamevaluation.SummaryMaker.Method;
import dev.handoff.systems.teamevaluation.SummaryWriter.Asking;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Summarises one pupil's feedback. What the AI does not do is done by rule, so an attempt fails
/// only when its data are missing or cannot be reached. Answers of the AI are remembered: another
/// attempt pays for none of them twice.
record SummaryHandler(
    EvaluationTable evaluations,
    MemberTable members,
    SummaryMaker maker,
    SummaryTable summaries,
    SummaryReleases releases,
    TimeSource clock)
    implements Handler<SummaryRequest, SummaryResult> {
  private static final int FEWEST_ATTEMPTS = 2;

  @Override
  public Outcome<SummaryResult> handle(SummaryRequest request, TaskContext context)
      throws Exception {
    // The type allows more attempts than this one may have. A node's death takes one, and the
    // first of those is always forgiven.
    if (context.attempt() > Math.max(FEWEST_ATTEMPTS, request.maxRetries() + 1)) {
      throw AttemptException.of(FailureKind.INVALID_REQUEST, SummaryFailures.INTERRUPTED);
    }
    try {
      return Outcome.done(made(request, context));
    } catch (DataAccessException | TransactionException | StoreUnavailableException failure) {
      throw again(request, context, failure);
    }
  }

  private static AttemptException again(
      SummaryRequest request, TaskContext context, RuntimeException failure) {
    // The last one is of a kind that the policy does not repeat.
    FailureKind kind =
        context.attempt() <= request.maxRetries() ? FailureKind.ERROR : FailureKind.INVALID_REQUEST;
    return AttemptException.of(kind, SummaryFailures.DATABASE).causedBy(failure);
  }

  private SummaryResult made(SummaryRequest request, TaskContext context) throws Exception {
    School school = new School(request.schoolId(), request.tenant());
    context.progress(10, "De samenvatting wordt voorbereid...", "start");
    Evaluation evaluation =
        evaluations
            .find(school, request.evaluationId())
            .orElseThrow(() -> missing("Evaluation " + request.evaluationId() + " not found"));
    context.progress(20, "De evaluatie is gevonden...", "evaluation");
    Member student =
        members
            .student(school, request.studentId())
            .orElseThrow(() -> missing("Student " + request.studentId() + " not found"));
    context.progress(30, "De feedback wordt verzameld...", "student");
    Feedback feedback = maker.feedback(evaluation, student);
    context.progress(40, "De feedback is verzameld...", "feedback");
    if (feedback.isEmpty()) {
      return new SummaryResult(
          FallbackSummary.NO_FEEDBACK, Method.EMPTY.word(), feedback.count(), feedback.hash());
    }
    Optional<SummaryTable.Kept> kept = summaries.find(feedback);
    if (kept.isPresent()) {
      return result(feedback, kept.get().text(), kept.get().method());
    }
    return result(feedback, summarised(feedback, context));
  }

  private MadeSummary summarised(Feedback feedback, TaskContext context) throws Exception {
    context.progress(50, "Namen worden weggelaten...", "anonymise");
    Anonymised anonymised = maker.anonymised(feedback);
    context.progress(60, "Namen zijn weggelaten...", "anonymise");
    context.progress(80, "AI genereert je samenvatting...", "summarise");
    MadeSummary made = maker.make(anonymised, asking(context));
    context.progress(90, "De samenvatting wordt opgeslagen...", "store");
    if (context.stopRequested()) {
      throw new InterruptedException();
    }
    summaries.store(feedback, made, clock.instant());
    return made;
  }

  private SummaryResult result(Feedback feedback, MadeSummary made) {
    return result(feedback, made.text(), made.method().word());
  }

  private SummaryResult result(Feedback feedback, String text, String method) {
    SummaryResult result = new SummaryResult(text, method, feedback.count(), feedback.hash());
    // The pupil owns the task, and reads its result without any of this system's calls.
    return releases.isWaiting(feedback) ? SummaryReleases.held(result) : result;
  }

  private static AttemptException missing(String what) {
    return AttemptException.of(FailureKind.INVALID_REQUEST, what);
  }

  private static Asking asking(TaskContext context) {
    return new Asking() {
      @Override
      public String ask(String name, Callable<AiReply> question) throws Exception {
        return context.step(
            name,
            String.class,
            () -> {
              AiReply reply = question.call();
              context.usage(ModelJson.usage(reply));
              return reply.whole().text();
            });
      }

      @Override
      public Optional<String> inTime(Callable<Optional<String>> part) throws Exception {
        return context.beforeSoftLimit(part);
      }
    };
  }
}
