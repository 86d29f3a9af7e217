package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.teamevaluation.Evaluation.Status;
import dev.handoff.systems.teamevaluation.EvaluationViews.CategoryView;
import dev.handoff.systems.teamevaluation.EvaluationViews.EvaluationView;
import dev.handoff.systems.teamevaluation.EvaluationViews.OverviewView;
import dev.handoff.systems.teamevaluation.Job.JobTerms;
import dev.handoff.systems.teamevaluation.Jobs.JobRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What there is to see of evaluations, and their end. Safe for use by many threads.
record Evaluations(
    EvaluationTable evaluations,
    MemberTable members,
    ScoreTable scores,
    SummaryTable summaries,
    Jobs jobs,
    SystemsDatabase db,
    InstantSource clock,
    TeamEvaluationPage page) {
  private static final double LEAST = 0.90;
  private static final double MOST = 1.10;

  List<EvaluationView> of(Member member) {
    return evaluations.of(member).stream().map(EvaluationView::of).toList();
  }

  List<Member> students(Evaluation evaluation) {
    return members.takingPart(evaluation);
  }

  /// A pupil's evaluation at a glance.
  OverviewView overview(SchoolAccess.Folder folder) {
    Map<Integer, Double> averages = scores.averages(folder);
    List<ScoreTable.Mate> mates = scores.mates(folder);
    return new OverviewView(
        EvaluationView.of(folder.evaluation()),
        folder.student().id(),
        folder.student().name(),
        scores.remark(folder).orElse(null),
        correctionFactor(folder, mates),
        Arrays.stream(Omza.values()).map(one -> CategoryView.of(one, averages)).toList(),
        mates.stream().map(ScoreTable.Mate::name).toList(),
        page.pollEvery().toMillis());
  }

  // The pupil's average against that of the team, within its bounds; to two decimals.
  private @Nullable Double correctionFactor(
      SchoolAccess.Folder folder, List<ScoreTable.Mate> mates) {
    long student = folder.student().id();
    List<Long> team = new ArrayList<>(mates.stream().map(ScoreTable.Mate::id).toList());
    team.add(student);
    Map<Long, Double> averages = scores.averages(folder.evaluation(), team);
    Double own = averages.get(student);
    double all = averages.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return own == null || all == 0
        ? null
        : Math.round(Math.clamp(own / all, LEAST, MOST) * 100) / 100.0;
  }

  /// Closes an evaluation, and asks for a summary for each pupil who has none, in one transaction.
  /// One that is closed already stays as it is.
  ///
  /// @return how many summaries were asked for
  int close(Evaluation evaluation, JobTerms terms) {
    if (evaluation.status() == Status.DRAFT) {
      throw RefusedException.badRequest("Only an open evaluation can be closed");
    }
    return db.inTransaction(() -> closedInTransaction(evaluation, terms));
  }

  private int closedInTransaction(Evaluation evaluation, JobTerms terms) {
    if (!evaluations.close(evaluation, clock.instant())) {
      return 0;
    }
    Set<Long> having = summaries.havingOne(evaluation);
    List<Member> without =
        students(evaluation).stream().filter(student -> !having.contains(student.id())).toList();
    return (int)
        without.stream()
            .map(student -> jobs.handedOff(new JobRequest(evaluation, student, terms)))
            .filter(asked -> asked.way() == Jobs.Way.QUEUED)
            .count();
  }
}
