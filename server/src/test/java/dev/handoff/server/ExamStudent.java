package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// An exam student who sits tests over HTTP, and looks up the right answers where students cannot.
record ExamStudent(Client client, TestServer server) {
  /// A model that finds something in everything.
  static final ModelScript ANALYST = ModelScript.decide(ExamStudent::analysis);

  static final String ZONES =
      """
      {"steady_zone": ["Firm in {s} one.", "Firm in {s} two."],
       "edge_zone": ["Edge in {s} one.", "Edge in {s} two."],
       "focus_zone": ["Weak in {s} one.", "Weak in {s} two."]}
      """;

  private static ModelScript analysis(ModelRequest request) {
    String asked = request.turns().stream().map(turn -> turn.text()).toList().toString();
    String subject = subjectIn(asked);
    if (asked.contains("steady_zone")) {
      return ModelScript.answer(ZONES.replace("{s}", subject));
    }
    return ModelScript.answer(
        """
        {"checkpoints": [
          {"topic": "T1", "subject": "S", "subtopic": "One", "accuracy": 0.4,
           "checklist": "Problem one.", "action_plan": "Plan one.", "citation": [1]},
          {"topic": "T2", "subject": "S", "subtopic": "Two", "accuracy": 0.6,
           "checklist": "Problem two.", "action_plan": "Plan two.", "citation": [1]}]}
        """);
  }

  /// The subject that the model was asked about.
  static String subjectIn(String asked) {
    for (String subject : List.of("Physics", "Chemistry", "Botany", "Zoology", "Math")) {
      if (asked.contains("in " + subject)) {
        return subject;
      }
    }
    return "?";
  }

  /// A test that was begun: its id and its questions.
  record BegunTest(long id, JsonNode json) {
    List<Long> questions() {
      List<Long> ids = new ArrayList<>();
      json.path("questions").forEach(question -> ids.add(question.path("id").asLong()));
      return ids;
    }
  }

  BegunTest begin(String topics, int count) {
    HttpAnswer answer =
        client.post(
            "/api/test-sessions/",
            json("{'selected_topics':[%s],'question_count':%s}", topics, count));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return new BegunTest(answer.json().path("id").asLong(), answer.json());
  }

  HttpAnswer answer(long test, long question, String letter) {
    return client.post(
        "/api/test-answers/",
        json("{'session_id':%d,'question_id':%d,'selected_answer':'%s'}", test, question, letter));
  }

  /// Answers each question as its letter says: r(ight), w(rong), or nothing at all.
  void answerAll(BegunTest test, String plan) {
    List<Long> questions = test.questions();
    for (int i = 0; i < questions.size(); i++) {
      char how = plan.charAt(i);
      if (how != '-') {
        give(test.id(), questions.get(i), how == 'r');
      }
    }
  }

  private void give(long test, long question, boolean right) {
    String correct = correct(question);
    boolean choice = "ABCD".contains(correct);
    String value = right ? correct : choice ? (correct.equals("A") ? "B" : "A") : "-987";
    String field = choice ? "selected_answer" : "text_answer";
    HttpAnswer answer =
        client.post(
            "/api/test-answers/",
            json("{'session_id':%d,'question_id':%d,'%s':'%s'}", test, question, field, value));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  String correct(long question) {
    return server
        .bean(JdbcClient.class)
        .sql("select correct_answer from zone_question where id = :id")
        .param("id", question)
        .query(String.class)
        .single();
  }

  HttpAnswer submit(long test) {
    return client.post("/api/test-sessions/" + test + "/submit/", "{}");
  }

  HttpAnswer status(long test) {
    return client.get("/api/zone-insights/status/" + test + "/");
  }

  HttpAnswer awaitInsights(long test) {
    return Awaitility.await()
        .until(
            () -> status(test),
            answer -> {
              assertThat(answer.json().has("insights_failed")).as(answer.toString()).isFalse();
              return answer.json().path("insights_generated").asBoolean();
            });
  }

  /// A test of these topics, answered to this plan and submitted; gives its id.
  long submitted(String topics, String plan) {
    BegunTest test = begin(topics, plan.length());
    answerAll(test, plan);
    assertThat(submit(test.id()).status()).isEqualTo(200);
    return test.id();
  }
}
