package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.teamevaluation.Member.School;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What teachers did with the summaries, and whether their school waits for it. Safe for use by
/// many threads.
record ReleaseTable(SystemsDatabase db) {
  private static final String HOLDS = "select release_first from team_school where id = :school";
  private static final String SET =
      "update team_school set release_first = :first where id = :school";
  private static final String OF_EVALUATION =
      """
      select student_id, feedback_hash, coalesce(edited_text, summary_text) as shown_text,
        generation_method, edited_text is not null as edited, released_at
      from feedback_summaries
      where school_id = :school and evaluation_id = :evaluation
      """;
  private static final String OF_STUDENT = OF_EVALUATION + " and student_id = :student";
  private static final String EDIT =
      """
      update feedback_summaries set edited_text = :text, edited_by = :by, updated_at = :at
      where school_id = :school and evaluation_id = :evaluation and student_id = :student
      """;
  private static final String RELEASE =
      """
      update feedback_summaries set released_at = :at, released_by = :by
      where school_id = :school and evaluation_id = :evaluation and student_id = :student
        and released_at is null
      """;
  private static final String WITHDRAW =
      """
      update feedback_summaries set released_at = null, released_by = null
      where school_id = :school and evaluation_id = :evaluation and student_id = :student
        and released_at is not null
      """;

  /// A summary as it reads now.
  ///
  /// @param hash the hash of the feedback that it is of
  record ReleasableText(
      String hash, String text, String method, boolean edited, @Nullable Instant releasedAt) {}

  /// Who changes which pupil's summary, and when.
  record TextChange(SchoolAccess.Folder folder, Member by, Instant at) {}

  boolean isHeld(long school) {
    return db.sql(HOLDS).param("school", school).query(Boolean.class).optional().orElse(false);
  }

  void hold(School school, boolean first) {
    var _ = db.sql(SET).param("school", school.id()).param("first", first).update();
  }

  /// The summaries of an evaluation, by pupil.
  Map<Long, ReleasableText> of(Evaluation evaluation) {
    Map<Long, ReleasableText> texts = new HashMap<>();
    db.sql(OF_EVALUATION)
        .param("school", evaluation.school().id())
        .param("evaluation", evaluation.id())
        .query(row -> {
          texts.put(row.getLong("student_id"), text(row));
        });
    return texts;
  }

  Optional<ReleasableText> of(Job.About about) {
    return db.sql(OF_STUDENT)
        .param("school", about.school())
        .param("evaluation", about.evaluation())
        .param("student", about.student())
        .query((row, _) -> text(row))
        .optional();
  }

  /// Puts a teacher's text in place of what is shown; false when there is no summary.
  boolean edit(TextChange change, String text) {
    return changed(EDIT, change).param("text", text).update() == 1;
  }

  /// Lets the pupil see it; false when that was so, or there is none.
  boolean release(TextChange change) {
    return changed(RELEASE, change).update() == 1;
  }

  /// Takes that back; false when it was not released.
  boolean withdraw(TextChange change) {
    return about(WITHDRAW, change).update() == 1;
  }

  private JdbcClient.StatementSpec changed(String statement, TextChange change) {
    return about(statement, change)
        .param("by", change.by().id())
        .param("at", change.at().toEpochMilli());
  }

  private JdbcClient.StatementSpec about(String statement, TextChange change) {
    Evaluation evaluation = change.folder().evaluation();
    return db.sql(statement)
        .param("school", evaluation.school().id())
        .param("evaluation", evaluation.id())
        .param("student", change.folder().student().id());
  }

  private static ReleasableText text(ResultSet row) throws SQLException {
    return new ReleasableText(
        row.getString("feedback_hash"),
        row.getString("shown_text"),
        row.getString("generation_method"),
        row.getBoolean("edited"),
        RowValues.timeOrNull(row, "released_at"));
  }
}
