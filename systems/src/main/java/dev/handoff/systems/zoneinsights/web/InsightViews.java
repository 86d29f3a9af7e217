package dev.handoff.systems.zoneinsights.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.handoff.systems.kit.Percentiles;
import dev.handoff.systems.zoneinsights.Checkpoint;
import dev.handoff.systems.zoneinsights.Exam;
import dev.handoff.systems.zoneinsights.Exams;
import dev.handoff.systems.zoneinsights.Grading;
import dev.handoff.systems.zoneinsights.InsightTimes.InsightDelays;
import dev.handoff.systems.zoneinsights.Subject;
import dev.handoff.systems.zoneinsights.SubjectInsight;
import dev.handoff.systems.zoneinsights.ZoneInsights.Analysis;
import dev.handoff.systems.zoneinsights.ZoneInsights.ExamInsights;
import dev.handoff.systems.zoneinsights.Zones;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// What the calls of the insights answer with, word for word as their clients expect it.
final class InsightViews {
  private static final String SUCCESS = "success";

  private InsightViews() {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Status(
      String status,
      long testId,
      boolean insightsGenerated,
      List<String> subjectsWithInsights,
      int totalSubjects,
      List<String> expectedSubjects,
      boolean allSubjectsComplete,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean insightsFailed,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String insightsTaskId) {
    static Status of(ExamInsights standing) {
      List<String> ready = standing.ready().stream().map(Subject::label).toList();
      return new Status(
          SUCCESS,
          standing.exam().id(),
          standing.isGenerated(),
          ready,
          ready.size(),
          standing.exam().expected().stream().map(Subject::label).toList(),
          standing.isComplete(),
          standing.hasFailed() ? true : null,
          standing.exam().insightsTask());
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record TestView(
      long id,
      String testType,
      String testName,
      Instant startTime,
      @Nullable Instant endTime,
      int totalQuestions,
      int correctAnswers,
      int incorrectAnswers,
      int unanswered,
      int totalMarks,
      int maxMarks,
      @Nullable Double physicsScore,
      @Nullable Double chemistryScore,
      @Nullable Double botanyScore,
      @Nullable Double zoologyScore,
      @Nullable Double biologyScore,
      @Nullable Double mathScore) {
    static TestView of(Exam exam) {
      Grading.Counts counts = counts(exam);
      Map<Subject, Double> scores = exam.score().subjects();
      return new TestView(
          exam.id(),
          exam.choice().testType(),
          name(exam),
          exam.course().startedAt(),
          exam.course().endedAt(),
          counts.total(),
          counts.correct(),
          counts.incorrect(),
          counts.unanswered(),
          counts.marks(),
          counts.most(),
          scores.get(Subject.PHYSICS),
          scores.get(Subject.CHEMISTRY),
          scores.get(Subject.BOTANY),
          scores.get(Subject.ZOOLOGY),
          scores.get(Subject.BIOLOGY),
          scores.get(Subject.MATH));
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Tests(String status, List<TestView> tests, int totalTests) {
    static Tests of(List<Exam> exams) {
      return new Tests(SUCCESS, exams.stream().map(TestView::of).toList(), exams.size());
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record SubjectMarks(
      double score, int correct, int incorrect, int unanswered, int marks, int maxMarks) {
    static SubjectMarks of(Grading.Counts counts) {
      return new SubjectMarks(
          counts.score(),
          counts.correct(),
          counts.incorrect(),
          counts.unanswered(),
          counts.marks(),
          counts.most());
    }
  }

  /// A graded test at a glance; percent of the marks.
  @JsonNaming(SnakeCaseStrategy.class)
  record TestGlance(
      long id,
      String testName,
      Instant startTime,
      @Nullable Instant endTime,
      int totalMarks,
      int maxMarks,
      double percentage,
      Map<String, SubjectMarks> subjectMarks) {
    static TestGlance of(Exams.Sheet sheet) {
      Exam exam = sheet.exam();
      Grading.Counts counts = counts(exam);
      Map<String, SubjectMarks> subjects = new LinkedHashMap<>();
      Grading.bySubject(sheet.answers())
          .forEach((subject, answers) ->
              subjects.put(subject.label(), SubjectMarks.of(Grading.count(answers))));
      return new TestGlance(
          exam.id(),
          name(exam),
          exam.course().startedAt(),
          exam.course().endedAt(),
          counts.marks(),
          counts.most(),
          counts.score(),
          subjects);
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record ZonesView(
      String subject,
      List<String> steadyZone,
      List<String> edgeZone,
      List<String> focusZone,
      boolean generatedByAi) {
    static ZonesView of(SubjectInsight insight) {
      Zones zones = insight.zones();
      return new ZonesView(
          insight.subject().label(),
          zones.steady(),
          zones.edge(),
          zones.focus(),
          insight.made().byAi());
    }
  }

  record CheckpointsView(String subject, List<Checkpoint> checkpoints) {
    static CheckpointsView of(SubjectInsight insight) {
      return new CheckpointsView(insight.subject().label(), insight.checkpoints().both());
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record TestInsights(
      String status,
      TestGlance testInfo,
      List<ZonesView> zoneInsights,
      List<CheckpointsView> checkpoints) {
    static TestInsights of(Analysis analysis) {
      return new TestInsights(
          SUCCESS,
          TestGlance.of(analysis.sheet()),
          analysis.insights().stream().map(ZonesView::of).toList(),
          analysis.insights().stream().map(CheckpointsView::of).toList());
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record RawInsight(
      String subject,
      List<String> steadyZone,
      List<String> edgeZone,
      List<String> focusZone,
      List<Checkpoint> checkpoints,
      List<SubjectInsight.TopicAudit> topicsAnalyzed,
      Instant createdAt) {
    static RawInsight of(SubjectInsight insight) {
      Zones zones = insight.zones();
      return new RawInsight(
          insight.subject().label(),
          zones.steady(),
          zones.edge(),
          zones.focus(),
          insight.checkpoints().both(),
          insight.made().topics(),
          insight.createdAt());
    }
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record RawInsights(String status, long testId, List<RawInsight> rawInsights) {
    static RawInsights of(Analysis analysis) {
      return new RawInsights(
          SUCCESS,
          analysis.sheet().exam().id(),
          analysis.insights().stream().map(RawInsight::of).toList());
    }
  }

  /// How long the insights of a student's last tests took.
  record Times(int tests, Map<String, Percentiles> steps) {
    static Times of(List<InsightDelays> tests) {
      Map<String, Percentiles> steps = new LinkedHashMap<>();
      if (!tests.isEmpty()) {
        steps.put(
            "first_subject", Percentiles.of(tests.stream().map(InsightDelays::first).toList()));
        steps.put("all_subjects", Percentiles.of(tests.stream().map(InsightDelays::last).toList()));
      }
      return new Times(tests.size(), steps);
    }
  }

  /// What the pages need to know of the settings.
  @JsonNaming(SnakeCaseStrategy.class)
  record Config(
      long pollEveryMs,
      long leaveAfterMs,
      long lingerMs,
      long autoSubmitAfterMs,
      String aiProvider) {}

  record RefusedView(String status, String message) {
    static RefusedView of(String message) {
      return new RefusedView("error", message);
    }
  }

  private static String name(Exam exam) {
    return "Practice Test #" + exam.id();
  }

  private static Grading.Counts counts(Exam exam) {
    Exam.Score score = exam.score();
    return new Grading.Counts(score.correct(), score.incorrect(), score.unanswered());
  }
}
