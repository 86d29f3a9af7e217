package dev.handoff.systems.zoneinsights;

import dev.handoff.Handoff;
import dev.handoff.HandoffException;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.spring.HandoffProperties;
import dev.handoff.spring.web.Caller;
import dev.handoff.systems.kit.TaskLink;
import dev.handoff.systems.kit.TaskLink.Phase;
import dev.handoff.systems.zoneinsights.Exams.Sheet;
import dev.handoff.systems.zoneinsights.Grading.ClientTimes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Submits tests, hands off their insights, and tells how those stand. Safe for use by many
/// threads.
public record ZoneInsights(
    Handoff handoff,
    TaskLink link,
    TaskType<InsightsRequest, InsightsResult> type,
    Exams exams,
    InsightTable insights,
    HandoffProperties server,
    ZoneInsightsTasks settings) {
  private static final ZoneInsightsLog LOG = new ZoneInsightsLog();

  /// Grades the caller's test and hands off its insights, in one transaction where this node does
  /// such work. A test that is graded already is given as it is; only if its insights were never
  /// handed off, or the work on them ended without them, are they now.
  public Sheet submit(long id, Caller caller, ClientTimes times) {
    Sheet graded =
        server.role().runsTasks()
            ? gradedAndHandedOff(id, caller, times)
            : exams.submit(id, caller.owner(), times, _ -> Optional.empty());
    boolean isInHand = graded.exam().task().isPresent() && !standing(graded.exam()).hasFailed();
    return isInHand ? graded : handedOffAfter(graded, caller);
  }

  /// Has the AI make the insights of a test that rules made in its place. They stay until the new
  /// ones are there. Nothing happens while such work is under way, or when there is none to do.
  ///
  /// @return nothing for a test that is open or somebody else's
  public Optional<ExamInsights> remake(long id, Caller caller) {
    Optional<Exam> graded = exams.find(id, caller.owner()).filter(Exam::isCompleted);
    return graded.map(exam -> {
      boolean toDo = !insights.subjectsByAi(id).containsAll(exam.expected());
      boolean isIdle = work(exam) != ExamInsights.Work.UNDER_WAY;
      return toDo && isIdle
          ? standing(handedOffAfter(exams.sheet(exam), caller).exam())
          : standing(exam);
    });
  }

  private Sheet gradedAndHandedOff(long id, Caller caller, ClientTimes times) {
    try {
      return exams.submit(
          id, caller.owner(), times, exam -> Optional.of(handOff(exam, caller).toString()));
    } catch (NotHandedOffException notTaken) {
      return exams.submit(id, caller.owner(), times, _ -> Optional.empty());
    }
  }

  // After the commit: where no worker is, the request does the work, which it cannot begin before
  // the answers are stored. A crash in between is mended by the next submit.
  private Sheet handedOffAfter(Sheet graded, Caller caller) {
    Exam exam = graded.exam();
    try {
      return exams.sheet(exams.keepTask(exam, handOff(exam, caller).toString()));
    } catch (NotHandedOffException notTaken) {
      LOG.notEnqueued(exam.id(), notTaken);
      return graded;
    }
  }

  private TaskId handOff(Exam exam, Caller caller) {
    LOG.enqueuing(exam.id());
    try {
      return handoff.submit(
          type, new InsightsRequest(exam.id()), TaskLink.by(caller).about("test-" + exam.id()));
    } catch (HandoffException refused) {
      throw new NotHandedOffException(refused);
    }
  }

  /// The engine did not take the work; the grading is not to blame.
  private static final class NotHandedOffException extends HandoffException {
    private static final long serialVersionUID = 1L;

    NotHandedOffException(HandoffException why) {
      super(String.valueOf(why.getMessage()));
      initCause(why);
    }
  }

  public record ExamInsights(Exam exam, List<Subject> ready, Work work) {
    /// What is to be expected of the engine.
    enum Work {
      NOT_BEGUN,
      UNDER_WAY,
      DONE,
      FAILED
    }

    public boolean isComplete() {
      return exam.isCompleted() && !exam.expected().isEmpty() && ready.containsAll(exam.expected());
    }

    public boolean isGenerated() {
      return isComplete() || (work == Work.DONE && !ready.isEmpty());
    }

    public boolean hasFailed() {
      return work == Work.FAILED && !isComplete();
    }
  }

  /// How the insights of the caller's test stand; somebody else's is not found.
  public Optional<ExamInsights> standing(long id, Caller caller) {
    return exams.find(id, caller.owner()).map(this::standing);
  }

  private ExamInsights standing(Exam exam) {
    return new ExamInsights(exam, insights.subjects(exam.id()), work(exam));
  }

  private ExamInsights.Work work(Exam exam) {
    if (!exam.isCompleted()) {
      return ExamInsights.Work.NOT_BEGUN;
    }
    if (exam.task().isEmpty()) {
      // Perhaps it is being handed off now.
      Instant until = exam.end().orElseThrow().plus(settings.patience());
      return handoff.clock().instant().isBefore(until)
          ? ExamInsights.Work.UNDER_WAY
          : ExamInsights.Work.FAILED;
    }
    return link.find(exam.insightsTask())
        .map(task ->
            switch (Phase.of(task)) {
              case SUBMITTED, REQUEUED, WAITING_TO_RETRY, PROCESSING -> ExamInsights.Work.UNDER_WAY;
              case COMPLETED -> ExamInsights.Work.DONE;
              case FAILED, CANCELLED -> ExamInsights.Work.FAILED;
            })
        // A task that is forgotten has ended.
        .orElse(ExamInsights.Work.FAILED);
  }

  /// A graded test and what its subjects have come to so far.
  public record Analysis(Sheet sheet, List<SubjectInsight> insights) {}

  /// The caller's graded test; nothing for one that is open or somebody else's.
  public Optional<Analysis> analysis(long id, Caller caller) {
    return exams
        .find(id, caller.owner())
        .filter(Exam::isCompleted)
        .map(exam -> new Analysis(exams.sheet(exam), insights.of(id)));
  }
}
