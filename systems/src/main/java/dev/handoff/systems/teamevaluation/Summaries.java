package dev.handoff.systems.teamevaluation;

import dev.handoff.HandoffException;
import dev.handoff.ai.AiReply;
import dev.handoff.systems.teamevaluation.Jobs.JobRequest;
import dev.handoff.systems.teamevaluation.SummaryMaker.MadeSummary;
import dev.handoff.systems.teamevaluation.SummaryMaker.Method;
import dev.handoff.systems.teamevaluation.SummaryWriter.Asking;
import dev.handoff.systems.teamevaluation.names.Anonymiser;
import dev.handoff.systems.teamevaluation.names.NamelessText;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Summaries for who waits on the line, made on the calling thread: this works without the engine.
/// Safe for use by many threads.
public record Summaries(
    SummaryMaker maker,
    SummaryTable summaries,
    MemberTable members,
    Jobs jobs,
    InstantSource clock) {
  /// A pupil's summary.
  ///
  /// @param method ai, fallback or empty
  /// @param cached whether it is the one that was kept
  public record PupilSummary(Feedback feedback, String text, String method, boolean cached) {}

  /// What somebody wrote, without names.
  public record Quote(NamelessText text, int criterion) {}

  /// The pupil's summary, made now unless the feedback is still that of the one that was kept.
  public PupilSummary of(Evaluation evaluation, Member student) {
    Feedback feedback = maker.feedback(evaluation, student);
    if (feedback.isEmpty()) {
      return new PupilSummary(feedback, FallbackSummary.NO_FEEDBACK, Method.EMPTY.word(), false);
    }
    Optional<SummaryTable.Kept> kept = summaries.find(feedback);
    return kept.isPresent()
        ? new PupilSummary(feedback, kept.get().text(), kept.get().method(), true)
        : made(feedback);
  }

  /// A summary made anew, whatever was kept; the job that asks next makes one too.
  public PupilSummary anew(JobRequest wish) {
    forget(wish);
    return of(wish.evaluation(), wish.student());
  }

  /// Forgets what was kept of the pupil, so that the job that asks next makes a summary.
  public void forget(JobRequest wish) {
    summaries.delete(maker.feedback(wish.evaluation(), wish.student()));
    jobs.retire(wish);
  }

  private PupilSummary made(Feedback feedback) {
    MadeSummary made = make(feedback);
    summaries.store(feedback, made, clock.instant());
    return new PupilSummary(feedback, made.text(), made.method().word(), false);
  }

  private MadeSummary make(Feedback feedback) {
    try {
      return maker.make(maker.anonymised(feedback), ON_THE_LINE);
    } catch (RuntimeException known) {
      throw known;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new NotMadeException(stopping);
    } catch (Exception other) {
      throw new NotMadeException(other);
    }
  }

  /// What the others wrote about the pupil, without names; comments of which nothing is left are
  /// left out.
  public List<Quote> quotes(Evaluation evaluation, Member student) {
    Anonymiser names = members.anonymiser(evaluation, student);
    return maker.feedback(evaluation, student).comments().stream()
        .map(comment -> new Quote(names.comment(comment.text()), comment.criterion()))
        .filter(quote -> quote.text().saysSomething())
        .toList();
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
