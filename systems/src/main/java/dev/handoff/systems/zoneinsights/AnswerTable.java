package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.zoneinsights.ExamAnswer.Given;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Answers in the database: one row for each question of a test, made with the test. Safe for use
/// by many threads.
record AnswerTable(SystemsDatabase db, BankTable bank) {
  private static final String ADD =
      """
      insert into zone_test_answer (session_id, question_id, marked_for_review)
      values (:session, :question, :marked)
      """;
  private static final String OF_TEST =
      "select * from zone_test_answer where session_id = :session order by id";
  private static final String GIVE =
      """
      update zone_test_answer
      set selected_answer = :letter, text_answer = :text, marked_for_review = :marked,
          time_taken = :seconds, visit_count = :visits, answered_at = :at
      where id = :id
      """;
  private static final String GRADE =
      "update zone_test_answer set is_correct = :correct where id = :id";

  void add(long session, List<Question> questions) {
    for (Question question : questions) {
      var _ =
          db.sql(ADD)
              .param("session", session)
              .param("question", question.id())
              .param("marked", false)
              .update();
    }
  }

  List<ExamAnswer> of(long session) {
    Map<Long, Question> questions = bank.questionsOf(session);
    List<ExamAnswer> answers = new ArrayList<>();
    var _ =
        db.sql(OF_TEST)
            .param("session", session)
            .query((row, _) -> answers.add(answer(row, answers.size() + 1, questions)))
            .list();
    return List.copyOf(answers);
  }

  void give(ExamAnswer answer) {
    Given given = answer.given();
    var _ =
        db.sql(GIVE)
            .param("id", answer.id())
            .param("letter", given.letter())
            .param("text", given.text())
            .param("marked", given.marked())
            .param("seconds", given.seconds())
            .param("visits", given.visits())
            .param("at", RowValues.millis(given.at()))
            .update();
  }

  void grade(List<ExamAnswer> graded) {
    for (ExamAnswer answer : graded) {
      var _ = db.sql(GRADE).param("id", answer.id()).param("correct", answer.isCorrect()).update();
    }
  }

  private static ExamAnswer answer(ResultSet row, int number, Map<Long, Question> questions)
      throws SQLException {
    boolean correct = row.getBoolean("is_correct");
    @Nullable Boolean graded = row.wasNull() ? null : Boolean.valueOf(correct);
    return new ExamAnswer(
        row.getLong("id"),
        number,
        Objects.requireNonNull(questions.get(row.getLong("question_id"))),
        new Given(
            row.getString("selected_answer"),
            row.getString("text_answer"),
            row.getBoolean("marked_for_review"),
            row.getInt("time_taken"),
            row.getInt("visit_count"),
            RowValues.timeOrNull(row, "answered_at")),
        graded);
  }
}
