package dev.handoff.systems.teamevaluation;

import dev.handoff.HandoffException;
import dev.handoff.ai.AiReply;
import dev.handoff.systems.teamevaluation.Jobs.JobRequest;
import dev.handoff.systems.teamevaluation.SummaryMaker.Asking;
import dev.handoff.systems.teamevaluation.SummaryMaker.MadeSummary;
import dev.handoff.systems.teamevaluation.SummaryMaker.Method;
import dev.handoff.systems.teamevaluation.SummaryViews.QuotesView;
import dev.handoff.systems.teamevaluation.SummaryViews.SummaryView;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Summaries for who waits on the line, made on the calling thread: this works without the engine.
/// Safe for use by many threads.
record Summaries(
    SummaryMaker maker,
    SummaryTable summaries,
    MemberTable members,
    Jobs jobs,
    InstantSource clock) {
  /// The pupil's summary, made now unless the feedback is still that of the one that was kept.
  SummaryView of(Evaluation evaluation, Member student) {
    Feedback feedback = maker.feedback(evaluation, student);
    if (feedback.isEmpty()) {
      return view(feedback, FallbackSummary.NO_FEEDBACK, Method.EMPTY.word(), Age.NEW);
    }
    Optional<SummaryTable.Kept> kept = summaries.find(feedback);
    return kept.isPresent()
        ? view(feedback, kept.get().text(), kept.get().method(), Age.KEPT)
        : made(feedback);
  }

  /// A summary made anew, whatever was kept; the job that asks next makes one too.
  SummaryView anew(JobRequest wish) {
    Feedback feedback = maker.feedback(wish.evaluation(), wish.student());
    summaries.delete(feedback);
    jobs.retire(wish);
    return of(wish.evaluation(), wish.student());
  }

  private SummaryView made(Feedback feedback) {
    MadeSummary made = make(feedback);
    summaries.store(feedback, made, clock.instant());
    return view(feedback, made.text(), made.method().word(), Age.NEW);
  }

  private MadeSummary make(Feedback feedback) {
    try {
      return maker.make(feedback, maker.anonymised(feedback), ON_THE_LINE);
    } catch (RuntimeException known) {
      throw known;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new NotMadeException(stopping);
    } catch (Exception other) {
      throw new NotMadeException(other);
    }
  }

  /// What the others wrote about the pupil.
  QuotesView quotes(Evaluation evaluation, Member student) {
    return QuotesView.of(
        maker.feedback(evaluation, student), members.anonymiser(evaluation, student));
  }

  private enum Age {
    NEW,
    KEPT
  }

  private static SummaryView view(Feedback feedback, String text, String method, Age age) {
    return new SummaryView(
        feedback.student().id(),
        feedback.student().name(),
        text,
        method,
        feedback.comments().size(),
        age == Age.KEPT);
  }

  private static final Asking ON_THE_LINE =
      new Asking() {
        @Override
        public String ask(String name, Callable<AiReply> question) throws Exception {
          return question.call().text();
        }

        @Override
        public Optional<String> inTime(Callable<Optional<String>> part) throws Exception {
          return part.call();
        }
      };

  /// No summary came of it, for a reason of the server's.
  private static final class NotMadeException extends HandoffException {
    private static final long serialVersionUID = 1L;

    NotMadeException(Exception why) {
      super("no summary was made");
      initCause(why);
    }
  }
}
