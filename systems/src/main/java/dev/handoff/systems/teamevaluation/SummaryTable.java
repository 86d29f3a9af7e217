package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.teamevaluation.SummaryMaker.MadeSummary;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The newest summary of each pupil in each evaluation, with the hash of the feedback that it is
/// of. Safe for use by many threads.
record SummaryTable(SystemsDatabase db) {
  private static final String FIND =
      """
      select coalesce(edited_text, summary_text), generation_method from feedback_summaries
      where school_id = :school and evaluation_id = :evaluation and student_id = :student
        and feedback_hash = :hash
      """;
  private static final String STORE =
      """
      insert into feedback_summaries
        (school_id, evaluation_id, student_id, summary_text, feedback_hash, generation_method,
         generation_duration_ms, created_at, updated_at)
      values
        (:school, :evaluation, :student, :text, :hash, :method, :duration, :at, :at)
      on conflict (evaluation_id, student_id) do update set
        summary_text = excluded.summary_text, feedback_hash = excluded.feedback_hash,
        generation_method = excluded.generation_method,
        generation_duration_ms = excluded.generation_duration_ms,
        updated_at = excluded.updated_at,
        edited_text = null, edited_by = null, released_at = null, released_by = null
      """;
  private static final String DELETE =
      """
      delete from feedback_summaries
      where school_id = :school and evaluation_id = :evaluation and student_id = :student
      """;
  private static final String HAVING_ONE =
      """
      select student_id from feedback_summaries
      where school_id = :school and evaluation_id = :evaluation
      """;

  record Kept(String text, String method) {}

  /// The summary of exactly this feedback, as a teacher left it.
  Optional<Kept> find(Feedback feedback) {
    return about(FIND, feedback)
        .param("hash", feedback.hash())
        .query((row, _) -> new Kept(row.getString(1), row.getString(2)))
        .optional();
  }

  /// Keeps a summary in place of the one before; nobody edited or released it yet.
  void store(Feedback feedback, MadeSummary made, Instant at) {
    var _ =
        about(STORE, feedback)
            .param("text", made.text())
            .param("hash", feedback.hash())
            .param("method", made.method().word())
            .param("duration", made.took().toMillis())
            .param("at", at.toEpochMilli())
            .update();
  }

  void delete(Feedback feedback) {
    var _ = about(DELETE, feedback).update();
  }

  Set<Long> havingOne(Evaluation evaluation) {
    return Set.copyOf(
        db.sql(HAVING_ONE)
            .param("school", evaluation.school().id())
            .param("evaluation", evaluation.id())
            .query(Long.class)
            .list());
  }

  private JdbcClient.StatementSpec about(String statement, Feedback feedback) {
    return db.sql(statement)
        .param("school", feedback.evaluation().school().id())
        .param("evaluation", feedback.evaluation().id())
        .param("student", feedback.student().id());
  }
}
