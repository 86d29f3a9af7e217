package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.SystemsDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The scores that pupils gave each other and have handed in. Safe for use by many threads.
public record ScoreTable(SystemsDatabase db) {
  private static final String AVERAGES =
      """
      select s.criterion_id, avg(s.score * 1.0) from team_score s
      join team_allocation a on a.id = s.allocation_id and a.school_id = s.school_id
      where s.school_id = :school and a.evaluation_id = :evaluation and a.reviewee_id = :student
        and a.reviewer_id <> :student and s.status = 'submitted'
      group by s.criterion_id
      """;
  private static final String TEAM_AVERAGES =
      """
      select a.reviewee_id, avg(s.score * 1.0) from team_score s
      join team_allocation a on a.id = s.allocation_id and a.school_id = s.school_id
      where s.school_id = :school and a.evaluation_id = :evaluation and a.reviewee_id in (:team)
        and a.reviewer_id <> a.reviewee_id and s.status = 'submitted'
      group by a.reviewee_id
      """;
  private static final String MATES =
      """
      select distinct u.id, u.name from team_allocation a
      join team_user u on u.school_id = a.school_id
        and u.id = case when a.reviewer_id = :student then a.reviewee_id else a.reviewer_id end
      where a.school_id = :school and a.evaluation_id = :evaluation and u.id <> :student
        and (a.reviewer_id = :student or a.reviewee_id = :student)
      order by u.name, u.id
      """;
  private static final String REMARK =
      """
      select text from team_remark
      where school_id = :school and evaluation_id = :evaluation and student_id = :student
      """;

  public record Mate(long id, String name) {}

  /// What the others gave the pupil on average, by criterion.
  Map<Integer, Double> averages(SchoolAccess.Folder folder) {
    Map<Integer, Double> averages = new HashMap<>();
    about(AVERAGES, folder)
        .query(row -> {
          averages.put(row.getInt(1), row.getDouble(2));
        });
    return averages;
  }

  /// What each of these pupils was given on average.
  Map<Long, Double> averages(Evaluation evaluation, List<Long> team) {
    Map<Long, Double> averages = new HashMap<>();
    db.sql(TEAM_AVERAGES)
        .param("school", evaluation.school().id())
        .param("evaluation", evaluation.id())
        .param("team", team)
        .query(row -> {
          averages.put(row.getLong(1), row.getDouble(2));
        });
    return averages;
  }

  /// Who assesses the pupil, or is assessed by the pupil.
  List<Mate> mates(SchoolAccess.Folder folder) {
    return about(MATES, folder)
        .query((row, _) -> new Mate(row.getLong(1), row.getString(2)))
        .list();
  }

  Optional<String> remark(SchoolAccess.Folder folder) {
    return about(REMARK, folder).query(String.class).optional();
  }

  private JdbcClient.StatementSpec about(String statement, SchoolAccess.Folder folder) {
    return db.sql(statement)
        .param("school", folder.evaluation().school().id())
        .param("evaluation", folder.evaluation().id())
        .param("student", folder.student().id());
  }
}
