package dev.handoff.systems.teamevaluation.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.systems.teamevaluation.Evaluation;
import dev.handoff.systems.teamevaluation.Evaluations.PupilOverview;
import dev.handoff.systems.teamevaluation.Member;
import dev.handoff.systems.teamevaluation.Omza;
import dev.handoff.systems.teamevaluation.ScoreTable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the pages are told of evaluations.
final class EvaluationViews {
  private EvaluationViews() {}

  record EvaluationView(long id, String title, String status, @Nullable LocalDate deadline) {
    static EvaluationView of(Evaluation evaluation) {
      return new EvaluationView(
          evaluation.id(), evaluation.title(), evaluation.status().word(), evaluation.deadline());
    }
  }

  /// Who asks, and the evaluations there are for them.
  record ListView(MeView me, List<EvaluationView> evaluations) {}

  record MeView(long id, String name, String role) {
    static MeView of(Member member) {
      return new MeView(member.id(), member.name(), member.part().word());
    }
  }

  /// One evaluation, with the pupils for who teaches.
  record DetailView(
      MeView me,
      EvaluationView evaluation,
      List<StudentView> students,
      @JsonProperty("poll_every_ms") long pollEveryMs,
      @JsonProperty("release_first") boolean releaseFirst) {}

  record StudentView(
      long id,
      String name,
      @JsonProperty("class_name") @Nullable String className,
      @JsonProperty("team_number") @Nullable Integer teamNumber) {
    static StudentView of(Member student) {
      return new StudentView(
          student.id(), student.name(), student.group().className(), student.group().team());
    }
  }

  /// A pupil's evaluation at a glance.
  record OverviewView(
      EvaluationView evaluation,
      @JsonProperty("student_id") long studentId,
      @JsonProperty("student_name") String studentName,
      @JsonProperty("teacher_remark") @Nullable String teacherRemark,
      @JsonProperty("correction_factor") @Nullable Double correctionFactor,
      List<CategoryView> categories,
      List<String> teammates,
      @JsonProperty("poll_every_ms") long pollEveryMs) {
    static OverviewView of(PupilOverview overview, Duration pollEvery) {
      return new OverviewView(
          EvaluationView.of(overview.folder().evaluation()),
          overview.folder().student().id(),
          overview.folder().student().name(),
          overview.remark(),
          overview.correctionFactor(),
          Arrays.stream(Omza.values())
              .map(one -> CategoryView.of(one, overview.averages()))
              .toList(),
          overview.mates().stream().map(ScoreTable.Mate::name).toList(),
          pollEvery.toMillis());
    }
  }

  /// What the others gave on average in one category; null where nobody did yet.
  record CategoryView(String name, @Nullable Double average, int best) {
    static CategoryView of(Omza category, Map<Integer, Double> averages) {
      Double average = averages.get(category.criterion());
      return new CategoryView(
          category.word(), average == null ? null : Math.round(average * 10) / 10.0, Omza.BEST);
    }
  }

  /// An evaluation was closed, and so many summaries were asked for.
  record ClosedView(@JsonProperty("evaluation_id") long evaluationId, String status, int queued) {}
}
