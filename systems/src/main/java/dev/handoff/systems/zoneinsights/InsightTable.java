package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.zoneinsights.SubjectInsight.MadeInsight;
import dev.handoff.systems.zoneinsights.SubjectInsight.TopicAudit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.RowMapper;

/// Insights in the database: one row for each subject of a test, whoever writes it first. What the
/// AI wrote replaces what rules made instead. Safe for use by many threads.
record InsightTable(SystemsDatabase db) {
  private static final String ADD =
      """
      insert into zone_insight
        (student_id, test_session_id, subject, steady_zone, edge_zone, focus_zone, checkpoints,
         questions_analyzed, topics_analyzed, generated_by_ai, created_at)
      values
        (:student, :session, :subject, :steady, :edge, :focus, :checkpoints, :questions, :topics,
         :byAi, :at)
      on conflict (test_session_id, subject) do update set
        steady_zone = excluded.steady_zone, edge_zone = excluded.edge_zone,
        focus_zone = excluded.focus_zone, checkpoints = excluded.checkpoints,
        questions_analyzed = excluded.questions_analyzed,
        topics_analyzed = excluded.topics_analyzed, generated_by_ai = excluded.generated_by_ai,
        created_at = excluded.created_at
      where not zone_insight.generated_by_ai and excluded.generated_by_ai
      """;
  private static final String SUBJECTS =
      "select subject from zone_insight where test_session_id = :session";
  private static final String SUBJECTS_BY_AI = SUBJECTS + " and generated_by_ai";
  private static final String OF_TEST =
      "select * from zone_insight where test_session_id = :session";

  private static final RowMapper<SubjectInsight> ROW = (row, _) -> insight(row);

  void add(Exam exam, SubjectInsight insight) {
    var _ =
        db.sql(ADD)
            .param("student", exam.student())
            .param("session", exam.id())
            .param("subject", insight.subject().label())
            .param("steady", RowValues.json(insight.zones().steady()))
            .param("edge", RowValues.json(insight.zones().edge()))
            .param("focus", RowValues.json(insight.zones().focus()))
            .param("checkpoints", RowValues.json(insight.checkpoints().both()))
            .param("questions", insight.made().questions())
            .param("topics", RowValues.json(insight.made().topics()))
            .param("byAi", insight.made().byAi())
            .param("at", insight.createdAt().toEpochMilli())
            .update();
  }

  /// The subjects of a test that have their insights, in their order.
  List<Subject> subjects(long session) {
    return subjects(SUBJECTS, session);
  }

  /// Those whose insights the AI wrote.
  List<Subject> subjectsByAi(long session) {
    return subjects(SUBJECTS_BY_AI, session);
  }

  private List<Subject> subjects(String statement, long session) {
    List<Subject> subjects =
        db.sql(statement)
            .param("session", session)
            .query((row, _) -> Subject.of(row.getString("subject")).orElseThrow())
            .list();
    return subjects.stream().sorted().toList();
  }

  List<SubjectInsight> of(long session) {
    return db.sql(OF_TEST).param("session", session).query(ROW).list().stream()
        .sorted(Comparator.comparing(SubjectInsight::subject))
        .toList();
  }

  private static SubjectInsight insight(ResultSet row) throws SQLException {
    return new SubjectInsight(
        Subject.of(row.getString("subject")).orElseThrow(),
        new Zones(
            RowValues.list(row, "steady_zone", String[].class),
            RowValues.list(row, "edge_zone", String[].class),
            RowValues.list(row, "focus_zone", String[].class)),
        new Checkpoint.Pair(RowValues.list(row, "checkpoints", Checkpoint[].class)),
        new MadeInsight(
            row.getInt("questions_analyzed"),
            RowValues.list(row, "topics_analyzed", TopicAudit[].class),
            row.getBoolean("generated_by_ai")),
        RowValues.time(row, "created_at"));
  }
}
