package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.SystemsSchema;
import dev.handoff.systems.teamevaluation.Feedback.Comment;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What pupils wrote about each other. Only what was handed in counts: a draft is its writer's own.
/// Safe for use by many threads.
final class FeedbackTable {
  private static final String COMMENTS =
      """
      select s.comment, s.criterion_id from team_score s
      join team_allocation a on a.id = s.allocation_id and a.school_id = s.school_id
      where s.school_id = :school and a.evaluation_id = :evaluation and a.reviewee_id = :student
        and a.reviewer_id <> :student and s.status = 'submitted'
        and s.comment is not null and trim(s.comment) <> ''
      order by s.id
      """;

  private final JdbcClient sql;

  FeedbackTable(JdbcClient sql, SystemsSchema schema) {
    Objects.requireNonNull(schema);
    this.sql = sql;
  }

  Feedback of(Evaluation evaluation, Member student) {
    List<Comment> comments =
        sql.sql(COMMENTS)
            .param("school", evaluation.school().id())
            .param("evaluation", evaluation.id())
            .param("student", student.id())
            .query((row, _) -> new Comment(row.getString(1), row.getInt(2)))
            .list();
    return new Feedback(
        evaluation,
        student,
        comments.stream().filter(comment -> !comment.text().isBlank()).toList());
  }
}
