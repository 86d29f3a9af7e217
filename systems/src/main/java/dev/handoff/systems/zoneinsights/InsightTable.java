package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.SystemsSchema;
import dev.handoff.systems.zoneinsights.SubjectInsight.Made;
import dev.handoff.systems.zoneinsights.SubjectInsight.TopicAudit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Insights in the database: one row for each subject of a test, whoever writes it first. Safe for
/// use by many threads.
final class InsightTable {
  private static final String ADD =
      """
      insert into zone_insight
        (student_id, test_session_id, subject, steady_zone, edge_zone, focus_zone, checkpoints,
         questions_analyzed, topics_analyzed, generated_by_ai, created_at)
      values
        (:student, :session, :subject, :steady, :edge, :focus, :checkpoints, :questions, :topics,
         :byAi, :at)
      on conflict (test_session_id, subject) do nothing
      """;
  private static final String SUBJECTS =
      "select subject from zone_insight where test_session_id = :session";
  private static final String OF_TEST =
      "select * from zone_insight where test_session_id = :session";

  private static final RowMapper<SubjectInsight> ROW = (row, _) -> insight(row);

  private final JdbcClient sql;

  InsightTable(JdbcClient sql, SystemsSchema schema) {
    Objects.requireNonNull(schema);
    this.sql = sql;
  }

  /// Adds a subject's insight unless it is there.
  void add(Exam exam, SubjectInsight insight) {
    var _ =
        sql.sql(ADD)
            .param("student", exam.student())
            .param("session", exam.id())
            .param("subject", insight.subject().label())
            .param("steady", json(insight.zones().steady()))
            .param("edge", json(insight.zones().edge()))
            .param("focus", json(insight.zones().focus()))
            .param("checkpoints", json(insight.checkpoints().both()))
            .param("questions", insight.made().questions())
            .param("topics", json(insight.made().topics()))
            .param("byAi", insight.made().byAi())
            .param("at", insight.createdAt().toEpochMilli())
            .update();
  }

  /// The subjects of a test that have their insights, in their order.
  List<Subject> subjects(long session) {
    List<Subject> subjects =
        sql.sql(SUBJECTS)
            .param("session", session)
            .query((row, _) -> Subject.of(row.getString("subject")).orElseThrow())
            .list();
    return subjects.stream().sorted().toList();
  }

  /// The insights of a test, in the order of their subjects.
  List<SubjectInsight> of(long session) {
    return sql.sql(OF_TEST).param("session", session).query(ROW).list().stream()
        .sorted(Comparator.comparing(SubjectInsight::subject))
        .toList();
  }

  private static SubjectInsight insight(ResultSet row) throws SQLException {
    return new SubjectInsight(
        Subject.of(row.getString("subject")).orElseThrow(),
        new Zones(
            list(row.getString("steady_zone"), String[].class),
            list(row.getString("edge_zone"), String[].class),
            list(row.getString("focus_zone"), String[].class)),
        new Checkpoint.Pair(list(row.getString("checkpoints"), Checkpoint[].class)),
        new Made(
            row.getInt("questions_analyzed"),
            list(row.getString("topics_analyzed"), TopicAudit[].class),
            row.getBoolean("generated_by_ai")),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  private static String json(List<?> values) {
    return JsonMapper.shared().writeValueAsString(values);
  }

  private static <T> List<T> list(String json, Class<T[]> type) {
    return List.of(JsonMapper.shared().readValue(json, type));
  }
}
