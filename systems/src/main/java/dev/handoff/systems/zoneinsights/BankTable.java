package dev.handoff.systems.zoneinsights;

import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.SystemsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Topics and questions in the database. Safe for use by many threads.
record BankTable(SystemsDatabase db) {
  private static final String ADD_TOPIC =
      """
      insert into zone_topic (id, name, subject, icon, chapter)
      values (:id, :name, :subject, :icon, :chapter)
      on conflict do nothing
      """;
  private static final String ADD_QUESTION =
      """
      insert into zone_question
        (id, topic_id, question, option_a, option_b, option_c, option_d, correct_answer,
         explanation, difficulty, question_type, misconceptions)
      values
        (:id, :topic, :question, :a, :b, :c, :d, :answer, :explanation, :difficulty, :type,
         :misconceptions)
      on conflict do nothing
      """;
  private static final String TOPICS = "select * from zone_topic order by id";
  private static final String COUNT = "select count(*) from zone_question";
  private static final String COUNTS =
      "select topic_id, count(*) from zone_question group by topic_id order by topic_id";
  private static final String QUESTIONS =
      """
      select q.*, t.name, t.subject, t.icon, t.chapter
      from zone_question q join zone_topic t on t.id = q.topic_id
      """;
  private static final String OF_TOPICS = QUESTIONS + "where q.topic_id in (:topics) order by q.id";
  private static final String OF_TEST =
      QUESTIONS
          + "where q.id in (select question_id from zone_test_answer where session_id = :session)";

  private static final RowMapper<Question> QUESTION = (row, _) -> question(row);

  /// Adds what is not there yet; several nodes may do so at once.
  void add(QuestionBank bank) {
    if (db.sql(COUNT).query(Long.class).single() >= bank.questions().size()) {
      return;
    }
    db.doInTransaction(() -> {
      bank.topics().forEach(this::add);
      bank.questions().forEach(this::add);
    });
  }

  private void add(Topic topic) {
    var _ = db.sql(ADD_TOPIC).paramSource(topic).update();
  }

  private void add(Question question) {
    Map<String, String> misconceptions = new HashMap<>();
    question
        .solution()
        .misconceptions()
        .forEach((letter, text) ->
            misconceptions.put("option_" + letter.toLowerCase(Locale.ROOT), text));
    JdbcClient.StatementSpec statement =
        db.sql(ADD_QUESTION)
            .param("id", question.id())
            .param("topic", question.topic().id())
            .param("question", question.text())
            .param("answer", question.solution().answer())
            .param("explanation", question.solution().explanation())
            .param("difficulty", question.solution().difficulty())
            .param("type", question.kind().name())
            .param(
                "misconceptions", misconceptions.isEmpty() ? null : RowValues.json(misconceptions));
    for (String letter : Question.LETTERS) {
      statement =
          statement.param(letter.toLowerCase(Locale.ROOT), question.option(letter).orElse(null));
    }
    var _ = statement.update();
  }

  List<Topic> topics() {
    return db.sql(TOPICS).query((row, _) -> topic(row, row.getLong("id"))).list();
  }

  Map<Long, Long> questionCounts() {
    Map<Long, Long> counts = new TreeMap<>();
    db.sql(COUNTS)
        .query(row -> {
          counts.put(row.getLong(1), row.getLong(2));
        });
    return counts;
  }

  List<Question> questions(Collection<Long> topics) {
    return topics.isEmpty()
        ? List.of()
        : db.sql(OF_TOPICS).param("topics", topics).query(QUESTION).list();
  }

  /// The questions of a test, by their ids.
  Map<Long, Question> questionsOf(long session) {
    Map<Long, Question> questions = new HashMap<>();
    db.sql(OF_TEST)
        .param("session", session)
        .query(QUESTION)
        .list()
        .forEach(question -> questions.put(question.id(), question));
    return questions;
  }

  private static Topic topic(ResultSet row, long id) throws SQLException {
    return new Topic(
        id,
        row.getString("name"),
        row.getString("subject"),
        row.getString("icon"),
        row.getString("chapter"));
  }

  private static Question question(ResultSet row) throws SQLException {
    List<String> options = new ArrayList<>();
    Map<String, String> misconceptions = new HashMap<>();
    String kept = row.getString("misconceptions");
    JsonNode believed = JsonMapper.shared().readTree(kept == null ? "{}" : kept);
    for (String letter : Question.LETTERS) {
      String column = "option_" + letter.toLowerCase(Locale.ROOT);
      String option = row.getString(column);
      if (option != null) {
        options.add(option);
      }
      if (believed.hasNonNull(column)) {
        misconceptions.put(letter, believed.path(column).asString(""));
      }
    }
    return new Question(
        row.getLong("id"),
        topic(row, row.getLong("topic_id")),
        row.getString("question"),
        Question.Kind.of(row.getString("question_type")),
        options,
        new Question.Solution(
            row.getString("correct_answer"),
            row.getString("explanation"),
            misconceptions,
            row.getString("difficulty")));
  }
}
