package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.teamevaluation.Evaluation.Status;
import dev.handoff.systems.teamevaluation.Job.JobTerms;
import dev.handoff.systems.teamevaluation.Jobs.JobRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What there is to see of evaluations, and their end. Safe for use by many threads.
public record Evaluations(
    EvaluationTable evaluations,
    MemberTable members,
    ScoreTable scores,
    SummaryTable summaries,
    Jobs jobs,
    SystemsDatabase db,
    InstantSource clock) {
  private static final double LEAST = 0.90;
  private static final double MOST = 1.10;

  /// A pupil's evaluation at a glance.
  ///
  /// @param correctionFactor null where nobody gave the pupil a score yet
  /// @param averages what the others gave on average, by criterion
  public record PupilOverview(
      SchoolAccess.Folder folder,
      @Nullable String remark,
      @Nullable Double correctionFactor,
      Map<Integer, Double> averages,
      List<ScoreTable.Mate> mates) {}

  public List<Evaluation> of(Member member) {
    return evaluations.of(member);
  }

  public List<Member> students(Evaluation evaluation) {
    return members.takingPart(evaluation);
  }

  public PupilOverview overview(SchoolAccess.Folder folder) {
    List<ScoreTable.Mate> mates = scores.mates(folder);
    return new PupilOverview(
        folder,
        scores.remark(folder).orElse(null),
        correctionFactor(folder, mates),
        scores.averages(folder),
        mates);
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
  public int close(Evaluation evaluation, JobTerms terms) {
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
