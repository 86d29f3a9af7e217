package dev.handoff.systems.zoneinsights;

import dev.handoff.AttemptException;
import dev.handoff.Handler;
import dev.handoff.Outcome;
import dev.handoff.SoftLimitException;
import dev.handoff.TaskContext;
import dev.handoff.systems.zoneinsights.SubjectInsight.MadeInsight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Makes the insights of a test, its subjects side by side. A subject that fails stops no other;
/// another attempt does only what is missing, and the last one, or the soft limit, lets the rules
/// fill it in.
record InsightsHandler(
    ExamTable exams,
    AnswerTable answers,
    InsightTable insights,
    InsightWriter writer,
    ZoneInsightsTasks settings,
    InstantSource clock)
    implements Handler<InsightsRequest, InsightsResult> {
  private static final ZoneInsightsLog LOG = new ZoneInsightsLog();

  @Override
  public Outcome<InsightsResult> handle(InsightsRequest request, TaskContext context)
      throws Exception {
    LOG.starting(request.sessionId(), context.attempt());
    Optional<Exam> found = exams.find(request.sessionId());
    if (found.isEmpty()) {
      return Outcome.done(InsightsResult.notFound());
    }
    Exam exam = found.get();
    if (exam.expected().isEmpty()) {
      return Outcome.done(InsightsResult.nothingExpected());
    }
    List<ExamAnswer> given = answers.of(exam.id());
    // What rules made, because the AI could not, is made again.
    List<Subject> good =
        writer.isAi() ? insights.subjectsByAi(exam.id()) : insights.subjects(exam.id());
    report(exam, context);
    makeBeforeSoftLimit(missing(exam, given, good), exam, context);
    missing(exam, given, insights.subjects(exam.id())).forEach(sheet -> fallBack(exam, sheet));
    List<Subject> done = insights.subjects(exam.id());
    LOG.done(exam.id(), done.size());
    return Outcome.done(InsightsResult.success(exam.id(), done));
  }

  private static List<SubjectSheet> missing(
      Exam exam, List<ExamAnswer> answers, List<Subject> there) {
    return exam.expected().stream()
        .filter(subject -> !there.contains(subject))
        .map(subject -> SubjectSheet.of(subject, answers))
        .toList();
  }

  // When it returns, the task may end, with the rules filling in whatever is still missing.
  private void makeBeforeSoftLimit(List<SubjectSheet> missing, Exam exam, TaskContext context)
      throws Exception {
    try {
      List<AttemptException> failures =
          context.beforeSoftLimit(() -> makeAll(missing, exam, context));
      if (!failures.isEmpty() && context.attempt() < settings.attempts()) {
        throw again(failures, exam);
      }
    } catch (SoftLimitException outOfTime) {
      // The rules go on.
    }
  }

  private List<AttemptException> makeAll(List<SubjectSheet> missing, Exam exam, TaskContext context)
      throws Exception {
    List<Callable<Optional<AttemptException>>> subjects = new ArrayList<>();
    missing.forEach(sheet -> subjects.add(() -> make(sheet, exam, context)));
    List<AttemptException> failures = new ArrayList<>();
    // Interrupted while it waits, it interrupts those that are not done.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Optional<AttemptException>> subject : threads.invokeAll(subjects)) {
        subject.get().ifPresent(failures::add);
      }
    } catch (ExecutionException unforeseen) {
      throw unforeseen.getCause() instanceof Exception cause ? cause : unforeseen;
    }
    return failures;
  }

  private Optional<AttemptException> make(SubjectSheet sheet, Exam exam, TaskContext context)
      throws Exception {
    String subject = sheet.subject().label();
    if (sheet.answers().isEmpty()) {
      fallBack(exam, sheet);
      return Optional.empty();
    }
    try {
      Zones zones =
          context.step("zones " + subject, Zones.class, () -> writer.zones(sheet).paidBy(context));
      Checkpoint.Pair checkpoints =
          context.step(
              "checkpoints " + subject,
              Checkpoint.Pair.class,
              () -> writer.checkpoints(sheet).paidBy(context));
      MadeInsight made = MadeInsight.from(sheet, writer.isAi());
      insights.add(
          exam, new SubjectInsight(sheet.subject(), zones, checkpoints, made, clock.instant()));
      report(exam, context);
      return Optional.empty();
    } catch (AttemptException failure) {
      return Optional.of(failure);
    }
  }

  private void report(Exam exam, TaskContext context) {
    int done = insights.subjects(exam.id()).size();
    int all = exam.expected().size();
    context.progress(
        5 + 90 * done / all, "%d of %d subjects analyzed".formatted(done, all), "subjects");
  }

  private void fallBack(Exam exam, SubjectSheet sheet) {
    if (writer.isAi()) {
      LOG.fellBack(exam.id(), sheet.subject());
    }
    insights.add(
        exam,
        new SubjectInsight(
            sheet.subject(),
            ZoneRules.of(sheet),
            CheckpointRules.general(sheet.subject()),
            MadeInsight.from(sheet, false),
            clock.instant()));
  }

  // A wait that the provider asks for costs no attempt, as long as somebody may still be waiting.
  private AttemptException again(List<AttemptException> failures, Exam exam) {
    AttemptException first = failures.getFirst();
    AttemptException again =
        AttemptException.of(first.kind(), "Some insights could not be made yet. " + first.message())
            .causedBy(first);
    Instant until = exam.end().orElse(clock.instant()).plus(settings.patience());
    Optional<Duration> wait =
        failures.stream()
            .flatMap(failure -> failure.retryAfter().stream())
            .max(Duration::compareTo)
            .filter(asked -> clock.instant().plus(asked).isBefore(until));
    return wait.map(again::retryAfter).orElse(again);
  }
}
