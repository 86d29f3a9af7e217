package dev.handoff.systems.teamevaluation;

import dev.handoff.TimeSource;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.teamevaluation.Member.School;
import dev.handoff.systems.teamevaluation.ReleaseTable.ReleasableText;
import dev.handoff.systems.teamevaluation.ReleaseTable.TextChange;
import dev.handoff.systems.teamevaluation.SchoolAccess.Folder;
import dev.handoff.systems.teamevaluation.Summaries.PupilSummary;
import dev.handoff.systems.teamevaluation.SummaryMaker.Method;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets teachers edit and release summaries, and decides what of one a pupil reads. A school may
/// want each of them released first. Safe for use by many threads.
public record SummaryReleases(ReleaseTable table, TimeSource clock) {
  /// What stands in place of how a summary was made while the pupil may not read it.
  public static final String HELD = "held";

  private static final String HELD_TEXT =
      "Je samenvatting is gemaakt. Je docent leest hem eerst; daarna verschijnt hij hier.";
  private static final String NO_SUMMARY = "Summary not found";

  /// A job as somebody may read it.
  ///
  /// @param edited whether a teacher changed the text
  /// @param releasedAt since when the pupil may read it although the school wants that decided
  public record ReadableJob(Job job, boolean edited, @Nullable Instant releasedAt) {}

  /// Whether pupils of the school read a summary only after it was released.
  public boolean isHeldIn(School school) {
    return table.isHeld(school.id());
  }

  public void hold(School school, boolean first) {
    table.hold(school, first);
  }

  /// Puts a teacher's text in place of the pupil's summary.
  ///
  /// @throws RefusedException when there is no summary (404)
  public void edit(Folder folder, Member teacher, String text) {
    if (!table.edit(change(folder, teacher), text)) {
      throw RefusedException.of(404, NO_SUMMARY);
    }
  }

  /// Lets these pupils read their summaries; returns of how many that was new.
  public int release(List<Folder> folders, Member teacher) {
    return (int) folders.stream().filter(folder -> table.release(change(folder, teacher))).count();
  }

  /// Takes a release back; returns of how many that was new.
  public int withdraw(List<Folder> folders, Member teacher) {
    return (int) folders.stream().filter(folder -> table.withdraw(change(folder, teacher))).count();
  }

  private TextChange change(Folder folder, Member teacher) {
    return new TextChange(folder, teacher, clock.instant());
  }

  /// The job with the text as it is now, as far as this person may read it.
  public ReadableJob readable(Job job, Member reader) {
    return job.kept().result() == null
        ? new ReadableJob(job, false, null)
        : readable(job, table.of(job.about()).orElse(null), hidesFrom(reader));
  }

  /// The same for jobs of one evaluation.
  public List<ReadableJob> readable(Evaluation evaluation, List<Job> jobs, Member reader) {
    Map<Long, ReleasableText> texts = table.of(evaluation);
    boolean hides = hidesFrom(reader);
    return jobs.stream()
        .map(job -> readable(job, texts.get(job.about().student()), hides))
        .toList();
  }

  private boolean hidesFrom(Member reader) {
    return reader.isStudent() && table.isHeld(reader.school().id());
  }

  private static ReadableJob readable(Job job, @Nullable ReleasableText text, boolean hides) {
    SummaryResult result = job.kept().result();
    if (result == null || isEmpty(result.generationMethod())) {
      return new ReadableJob(job, false, null);
    }
    boolean isOfIt = text != null && text.hash().equals(result.feedbackHash());
    if (text == null || !isOfIt || (hides && text.releasedAt() == null)) {
      Job shown = hides ? job.standing(job.kept().with(held(result))) : job;
      return new ReadableJob(shown, false, null);
    }
    SummaryResult now =
        new SummaryResult(
            text.text(), text.method(), result.feedbackCount(), result.feedbackHash());
    return new ReadableJob(job.standing(job.kept().with(now)), text.edited(), text.releasedAt());
  }

  /// The summary as far as this person may read it.
  public PupilSummary readable(PupilSummary summary, Member reader) {
    boolean isHidden =
        reader.isStudent() && !isEmpty(summary.method()) && isWaiting(summary.feedback());
    return isHidden
        ? new PupilSummary(summary.feedback(), HELD_TEXT, HELD, summary.cached())
        : summary;
  }

  /// Whether this person may have the summary made anew: a pupil does not undo what a teacher did.
  public boolean mayRemake(Folder folder, Member reader) {
    return !reader.isStudent()
        || (!isHeldIn(reader.school()) && !find(folder).map(ReleasableText::edited).orElse(false));
  }

  /// Whether the pupil of this feedback does not read its summary yet.
  boolean isWaiting(Feedback feedback) {
    if (!table.isHeld(feedback.evaluation().school().id())) {
      return false;
    }
    return find(new Folder(feedback.evaluation(), feedback.student()))
        .filter(text -> text.hash().equals(feedback.hash()))
        .map(ReleasableText::releasedAt)
        .isEmpty();
  }

  private Optional<ReleasableText> find(Folder folder) {
    Evaluation evaluation = folder.evaluation();
    return table.of(
        new Job.About(evaluation.school().id(), evaluation.id(), folder.student().id(), null));
  }

  /// The same result without its text.
  static SummaryResult held(SummaryResult result) {
    return new SummaryResult(HELD_TEXT, HELD, result.feedbackCount(), result.feedbackHash());
  }

  private static boolean isEmpty(String method) {
    return method.equals(Method.EMPTY.word());
  }
}
