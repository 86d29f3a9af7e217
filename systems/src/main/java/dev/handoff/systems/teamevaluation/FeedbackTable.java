package dev.handoff.systems.teamevaluation;

import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.teamevaluation.Feedback.Comment;
import java.util.List;

/// What pupils wrote about each other. Only what was handed in counts: a draft is its writer's own.
/// Safe for use by many threads.
record FeedbackTable(SystemsDatabase db) {
  private static final String COMMENTS =
      """
      select s.comment, s.criterion_id from team_score s
      join team_allocation a on a.id = s.allocation_id and a.school_id = s.school_id
      where s.school_id = :school and a.evaluation_id = :evaluation and a.reviewee_id = :student
        and a.reviewer_id <> :student and s.status = 'submitted'
        and s.comment is not null and trim(s.comment) <> ''
      order by s.id
      """;

  Feedback of(Evaluation evaluation, Member student) {
    List<Comment> comments =
        db.sql(COMMENTS)
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
