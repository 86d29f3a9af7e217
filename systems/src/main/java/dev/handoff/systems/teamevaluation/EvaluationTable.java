package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.teamevaluation.Evaluation.Status;
import dev.handoff.systems.teamevaluation.Member.School;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The evaluations of the schools. Safe for use by many threads.
record EvaluationTable(SystemsDatabase db) {
  private static final String SELECT =
      """
      select e.*, s.tenant as tenant from team_evaluation e
      join team_school s on s.id = e.school_id
      where e.school_id = :school
      """;
  private static final String FIND = SELECT + " and e.id = :id";
  private static final String ALL = SELECT + " order by e.id desc limit 200";
  private static final String OF_STUDENT =
      SELECT
          + """
           and e.status <> 'draft' and e.id in (
            select evaluation_id from team_allocation
            where school_id = :school and (reviewee_id = :student or reviewer_id = :student))
          order by e.id desc limit 200
          """;
  private static final String CLOSE =
      """
      update team_evaluation set status = 'closed', closed_at = :at
      where school_id = :school and id = :id and status = 'open'
      """;

  Optional<Evaluation> find(School school, long id) {
    return of(FIND, school).param("id", id).query((row, _) -> evaluation(row)).optional();
  }

  /// Those that a member sees, the newest first.
  List<Evaluation> of(Member member) {
    JdbcClient.StatementSpec select =
        member.isStudent()
            ? of(OF_STUDENT, member.school()).param("student", member.id())
            : of(ALL, member.school());
    return select.query((row, _) -> evaluation(row)).list();
  }

  /// Closes an open one.
  ///
  /// @return whether it was open
  boolean close(Evaluation evaluation, Instant at) {
    return of(CLOSE, evaluation.school())
            .param("id", evaluation.id())
            .param("at", at.toEpochMilli())
            .update()
        == 1;
  }

  private JdbcClient.StatementSpec of(String statement, School school) {
    return db.sql(statement).param("school", school.id());
  }

  private static Evaluation evaluation(ResultSet row) throws SQLException {
    return new Evaluation(
        row.getLong("id"),
        new School(row.getLong("school_id"), row.getString("tenant")),
        row.getString("title"),
        row.getString("evaluation_type"),
        Status.ofWord(row.getString("status")),
        deadline(row.getString("settings")));
  }

  private static @Nullable LocalDate deadline(String settings) {
    JsonNode deadline = JsonMapper.shared().readTree(settings).path("deadline");
    return deadline.isString() ? LocalDate.parse(deadline.stringValue()) : null;
  }
}
