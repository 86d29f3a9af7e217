package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.systems.zoneinsights.Exam.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Tests in the database. Safe for use by many threads.
record ExamTable(SystemsDatabase db) {
  private static final String ADD =
      """
      insert into zone_test_session
        (student_id, test_type, status, selected_topics, physics_topics, chemistry_topics,
         botany_topics, zoology_topics, biology_topics, math_topics, time_limit, question_count,
         start_time, touched_at, total_questions)
      values
        (:student, :testType, 'open', :selected, :physics_topics, :chemistry_topics,
         :botany_topics, :zoology_topics, :biology_topics, :math_topics, :timeLimit, :questions,
         :start, :start, :questions)
      returning id
      """;
  private static final String FIND = "select * from zone_test_session where id = :id";
  private static final String LIST =
      """
      select * from zone_test_session where student_id = :student
      order by id desc limit :most
      """;
  // The row is the caller's until its transaction ends: answers and the submit of one test take
  // turns.
  private static final String TAKE =
      """
      update zone_test_session set touched_at = :now
      where id = :id and student_id = :student
      """;
  private static final String QUIT =
      "update zone_test_session set status = 'incomplete', end_time = :end where id = :id";
  private static final String COMPLETE =
      """
      update zone_test_session
      set status = 'completed', end_time = :end, correct_answers = :correct,
          incorrect_answers = :incorrect, unanswered = :unanswered, total_time_taken = :seconds,
          physics_score = :physics_score, chemistry_score = :chemistry_score,
          botany_score = :botany_score, zoology_score = :zoology_score,
          biology_score = :biology_score, math_score = :math_score
      where id = :id
      """;
  private static final String OVERDUE =
      """
      select * from zone_test_session
      where status = 'open' and start_time < :before and start_time + time_limit * 60000 < :before
      order by start_time limit :most
      """;
  private static final String KEEP_TASK =
      "update zone_test_session set insights_task_id = :task where id = :id";

  private static final RowMapper<Exam> ROW = (row, _) -> exam(row);

  record NewExam(
      String student, Exam.Choice choice, Map<Subject, List<String>> topics, Instant startsAt) {}

  /// Begins a test; gives its id.
  long add(NewExam exam) {
    Map<String, Object> values = new HashMap<>();
    values.put("student", exam.student());
    values.put("testType", exam.choice().testType());
    values.put("selected", RowValues.json(exam.choice().topics()));
    values.put("timeLimit", exam.choice().timeLimit());
    values.put("questions", exam.choice().questionCount());
    values.put("start", exam.startsAt().toEpochMilli());
    for (Subject subject : Subject.values()) {
      List<String> names = exam.topics().getOrDefault(subject, List.of());
      values.put(subject.topicsColumn(), RowValues.json(names));
    }
    return db.sql(ADD).params(values).query(Long.class).single();
  }

  Optional<Exam> find(long id) {
    return db.sql(FIND).param("id", id).query(ROW).optional();
  }

  /// The student's own test; somebody else's is not found.
  Optional<Exam> find(long id, String student) {
    return find(id).filter(exam -> exam.student().equals(student));
  }

  List<Exam> list(String student, int most) {
    return db.sql(LIST).param("student", student).param("most", most).query(ROW).list();
  }

  /// The open tests whose time was over before then, the oldest first.
  List<Exam> overdue(Instant before, int most) {
    return db.sql(OVERDUE)
        .param("before", before.toEpochMilli())
        .param("most", most)
        .query(ROW)
        .list();
  }

  /// Takes the student's test for the rest of the transaction; nothing for somebody else's.
  Optional<Exam> take(long id, String student, Instant now) {
    int rows =
        db.sql(TAKE)
            .param("id", id)
            .param("student", student)
            .param("now", now.toEpochMilli())
            .update();
    return rows == 0 ? Optional.empty() : find(id);
  }

  void quit(long id, Instant end) {
    var _ = db.sql(QUIT).param("id", id).param("end", end.toEpochMilli()).update();
  }

  void complete(long id, Exam.Score score, Instant end) {
    JdbcClient.StatementSpec statement =
        db.sql(COMPLETE)
            .param("id", id)
            .param("end", end.toEpochMilli())
            .param("correct", score.correct())
            .param("incorrect", score.incorrect())
            .param("unanswered", score.unanswered())
            .param("seconds", score.seconds());
    for (Subject subject : Subject.values()) {
      statement = statement.param(subject.scoreColumn(), score.subjects().get(subject));
    }
    var _ = statement.update();
  }

  void keepTask(long id, String task) {
    var _ = db.sql(KEEP_TASK).param("id", id).param("task", task).update();
  }

  private static Exam exam(ResultSet row) throws SQLException {
    Map<Subject, List<String>> topics = new EnumMap<>(Subject.class);
    Map<Subject, Double> scores = new EnumMap<>(Subject.class);
    for (Subject subject : Subject.values()) {
      topics.put(subject, RowValues.list(row, subject.topicsColumn(), String[].class));
      double score = row.getDouble(subject.scoreColumn());
      if (!row.wasNull()) {
        scores.put(subject, score);
      }
    }
    return new Exam(
        row.getLong("id"),
        row.getString("student_id"),
        new Exam.Choice(
            row.getString("test_type"),
            RowValues.list(row, "selected_topics", Long[].class),
            row.getInt("time_limit"),
            row.getInt("question_count")),
        topics,
        new Exam.Course(
            Status.of(row.getString("status")),
            RowValues.time(row, "start_time"),
            RowValues.timeOrNull(row, "end_time")),
        new Exam.Score(
            row.getInt("correct_answers"),
            row.getInt("incorrect_answers"),
            row.getInt("unanswered"),
            row.getInt("total_time_taken"),
            scores),
        row.getString("insights_task_id"));
  }
}
