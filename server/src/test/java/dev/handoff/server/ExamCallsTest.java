package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.systems.zoneinsights.OverdueTests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Sitting a test over HTTP: choosing, answering, quitting, grading, and who may see what (Z2, Z5,
/// Z6, Z15).
@OnBothStores
final class ExamCallsTest {
  private final TestServer server = TestServer.shared();
  private final ExamStudent asha = new ExamStudent(server.as("asha@demo.test"), server);
  private final ExamStudent ben = new ExamStudent(server.as("ben@demo.test"), server);

  @Test
  void topicsAreListedWithTheirSubjects() {
    JsonNode topics = asha.client().get("/api/topics/").json();

    assertThat(topics.path(0).toString())
        .isEqualTo(
            """
            {"id":1,"name":"Kinematics","subject":"Physics","icon":"atom","chapter":"Mechanics"}\
            """);
    assertThat(topics.size()).isGreaterThan(15);
    assertThat(asha.client().get("/api/topics").body()).isEqualTo(topics.toString());
  }

  @Test
  void topicsTellHowManyQuestionsThereAre() {
    JsonNode counts = asha.client().get("/api/topics/counts/").json();

    assertThat(counts.path("1").asInt()).isEqualTo(4);
    assertThat(counts.size()).isEqualTo(asha.client().get("/api/topics/").json().size());
  }

  @Test
  void aTestIsSubmittedWhenItsTimeIsOverThoughNoPageIsOpen() {
    ExamStudent.BegunTest left = asha.begin("1", 4);
    ExamStudent.BegunTest open = asha.begin("1", 4);
    asha.answerAll(left, "rr--");
    beganEarlier(left, 4 * 60 + 31);
    beganEarlier(open, 4 * 60 + 5);

    server.bean(OverdueTests.class).submit();

    JsonNode results = asha.client().get("/api/test-sessions/" + left.id() + "/results/").json();
    assertThat(results.path("correct_answers").asInt()).isEqualTo(2);
    assertThat(results.path("unanswered_questions").asInt()).isEqualTo(2);
    assertThat(results.path("time_taken").asInt()).isEqualTo(4 * 60);
    assertThat(results.path("insights_task_id").asString("")).isNotEmpty();
    assertThat(asha.client().get("/api/test-sessions/" + open.id() + "/results/").status())
        .isEqualTo(400);
  }

  private void beganEarlier(ExamStudent.BegunTest test, int seconds) {
    int changed =
        server
            .bean(JdbcClient.class)
            .sql("update zone_test_session set start_time = start_time - :earlier where id = :id")
            .param("earlier", seconds * 1000L)
            .param("id", test.id())
            .update();
    assertThat(changed).isEqualTo(1);
  }

  @Test
  void aTestHasQuestionsOfEveryTopicAndTellsNoAnswers() {
    ExamStudent.BegunTest test = asha.begin("1,2", 4);

    JsonNode session = test.json().path("session");
    assertThat(session.path("id").asLong()).isEqualTo(test.id());
    assertThat(session.path("selected_topics").toString()).isEqualTo("[1,2]");
    assertThat(session.path("physics_topics").toString())
        .isEqualTo("[\"Kinematics\",\"Newton's laws\"]");
    assertThat(session.path("math_topics").toString()).isEqualTo("[]");
    assertThat(session.path("is_completed").asBoolean(true)).isFalse();
    assertThat(session.path("physics_score").isNull()).isTrue();
    assertThat(test.json().path("message").asString("")).isNotEmpty();
    JsonNode question = test.json().path("questions").path(0);
    assertThat(List.copyOf(question.propertyNames()))
        .containsExactly(
            "id",
            "topic",
            "topic_name",
            "subject",
            "question",
            "question_type",
            "option_a",
            "option_b",
            "option_c",
            "option_d");
    for (String path : List.of("/api/test-sessions/" + test.id() + "/", "/api/test-sessions/")) {
      assertThat(asha.client().get(path).body())
          .doesNotContain("correct_answer\"", "explanation", "misconception", "is_correct");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"selected_topics":[1,98,99],"question_count":4} | Topics with IDs {98, 99} do not exist.
          {"selected_topics":[1]} | Question count is required when using count-based selection
          {"selected_topics":[1],"selection_mode":"question_count","time_limit":5} | Question count is required when using count-based selection
          {"selected_topics":[1],"selection_mode":"time_limit","question_count":5} | Time limit is required when using time-based selection
          {"selected_topics":[1],"question_count":400} | Only 4 questions available for selected topics, but 400 requested.
          {"selected_topics":[1],"question_count":0} | Question count must be between 1 and 200.
          {"selected_topics":[1],"question_count":-7} | Question count must be between 1 and 200.
          {"selected_topics":[],"question_count":4} | Select at least one topic.
          {"selected_topics":"1","question_count":4} | Invalid request format
          {"selected_topics":[1.5],"question_count":4} | Invalid request format
          {"selected_topics":[1],"question_count":4,"test_type":"x"} | Test type must be 'random', 'custom', or 'search'.
          {"selected_topics":[1],"time_limit":9999} | Time limit in minutes must be between 1 and 300.
          [] | Invalid request format
          """)
  void whatMakesNoTestIsRefusedWithItsReason(String body, String words) {
    HttpAnswer answer = asha.client().post("/api/test-sessions/", body);

    assertThat(answer.status()).isEqualTo(400);
    JsonNode error = answer.json().path("error");
    assertThat(error.path("code").asString("")).isEqualTo("INVALID_INPUT");
    assertThat(error.path("message").asString("")).isEqualTo(words);
    assertThat(error.path("timestamp").asString("")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(error.path("details").isObject()).isTrue();
  }

  @Test
  void tooFewQuestionsAreCounted() {
    HttpAnswer answer =
        asha.client()
            .post("/api/test-sessions/", json("{'selected_topics':[1],'question_count':5}"));

    assertThat(answer.json().path("error").path("details").path("available_questions").asInt())
        .isEqualTo(4);
    assertThat(answer.json().path("error").path("details").path("requested_questions").asInt())
        .isEqualTo(5);
  }

  @Test
  void byTimeThereIsAQuestionAMinute() {
    HttpAnswer answer =
        asha.client()
            .post(
                "/api/test-sessions",
                json("{'selected_topics':[1,2],'selection_mode':'time_limit','time_limit':6}"));

    assertThat(answer.json().path("questions").size()).isEqualTo(6);
    assertThat(answer.json().path("session").path("time_limit").asInt()).isEqualTo(6);
  }

  @Test
  void fourRightAndWrongAndBlankAreGraded() {
    ExamStudent.BegunTest test = asha.begin("7,9", 4);
    asha.answerAll(test, "rrw-");

    HttpAnswer submitted =
        asha.client()
            .post(
                "/api/test-sessions/" + test.id() + "/submit/",
                """
                {"clientStartTime":"2026-01-01T10:00:00Z","clientEndTime":"2026-01-01T10:05:10Z"}\
                """);

    JsonNode graded = submitted.json();
    assertThat(submitted.status()).isEqualTo(200);
    assertThat(submitted.body())
        .startsWith(
            """
            {"session_id":%d,"total_questions":4,"correct_answers":2,\
            "incorrect_answers":1,"unanswered_questions":1,"score_percentage":50.0,\
            "time_taken":310,"subject_performance":[{"subject":"Chemistry","correct":2,\
            "total":4,"accuracy":50.0}],"detailed_answers":[\
            """
                .formatted(test.id()));
    JsonNode blank = graded.path("detailed_answers").path(3);
    assertThat(blank.path("is_correct").isNull()).isTrue();
    assertThat(blank.path("explanation").asString("")).isNotEmpty();
    assertThat(graded.path("detailed_answers").path(2).path("is_correct").asBoolean(true))
        .isFalse();
    assertThat(graded.path("insights_task_id").isString()).isTrue();
    assertThat(asha.client().get("/api/test-sessions/" + test.id() + "/results/").body())
        .isEqualTo(submitted.body());
    JsonNode session = asha.client().get("/api/test-sessions/" + test.id()).json().path("session");
    assertThat(session.path("chemistry_score").asDouble()).isEqualTo(43.75);
    assertThat(session.path("physics_score").isNull()).isTrue();
    assertThat(session.path("is_completed").asBoolean()).isTrue();
  }

  @Test
  void anAnswerIsSavedWithoutSayingWhetherItIsRight() {
    ExamStudent.BegunTest test = asha.begin("7", 2);
    long question = test.questions().getFirst();

    HttpAnswer saved = asha.answer(test.id(), question, "A");
    assertThat(saved.status()).isEqualTo(200);
    assertThat(List.copyOf(saved.json().propertyNames()))
        .containsExactly(
            "id",
            "session",
            "question",
            "selected_answer",
            "text_answer",
            "marked_for_review",
            "time_taken",
            "visit_count",
            "answered_at");
    HttpAnswer marked =
        asha.client()
            .post(
                "/api/test-answers",
                json(
                    "{'session_id':%d,'question_id':%d,'marked_for_review':true}",
                    test.id(), question));
    assertThat(marked.text("selected_answer")).isEqualTo("A");
    assertThat(marked.json().path("marked_for_review").asBoolean()).isTrue();
    HttpAnswer cleared =
        asha.client()
            .post(
                "/api/test-answers/",
                json(
                    "{'session_id':%d,'question_id':%d,'selected_answer':null}",
                    test.id(), question));
    assertThat(cleared.json().path("selected_answer").isNull()).isTrue();
  }

  @Test
  void timeAddsUp() {
    ExamStudent.BegunTest test = asha.begin("7", 1);
    String body =
        json(
            "{'session_id':%d,'question_id':%d,'time_spent':12}",
            test.id(), test.questions().getFirst());

    asha.client().post("/api/time-tracking/log_time/", body);
    HttpAnswer second = asha.client().post("/api/time-tracking/log_time", body);

    assertThat(second.body())
        .isEqualTo(
            """
            {"status":"success","session_id":%d,"question_id":%d,"time_taken":24,\
            "visit_count":2}\
            """
                .formatted(test.id(), test.questions().getFirst()));
    assertThat(asha.client().post("/api/time-tracking/log_time/", "{}").status()).isEqualTo(400);
    assertThat(
            asha.client().post("/api/time-tracking/log_time/", body.replace(":12", ":-1")).status())
        .isEqualTo(400);
    assertThat(ben.client().post("/api/time-tracking/log_time/", body).status()).isEqualTo(404);
  }

  @Test
  void badAnswersAreRefusedWithTheirReason() {
    ExamStudent.BegunTest test = asha.begin("7", 1);
    long question = test.questions().getFirst();

    assertThat(words(asha.answer(test.id(), question, "E")))
        .isEqualTo("400 INVALID_INPUT Must be 'A', 'B', 'C', or 'D'.");
    assertThat(words(asha.answer(999_999, question, "A")))
        .isEqualTo("400 INVALID_INPUT Test session not found.");
    assertThat(words(asha.answer(test.id(), 999_999, "A")))
        .isEqualTo("400 INVALID_INPUT Question not found.");
    for (String letter : List.of("A", "E")) {
      assertThat(words(ben.answer(test.id(), question, letter)))
          .as("as for a test that is not there")
          .isEqualTo(words(ben.answer(999_999, question, letter)))
          .isEqualTo("400 INVALID_INPUT Test session not found.");
    }
    assertThat(
            words(
                asha.client()
                    .post(
                        "/api/test-answers/",
                        json(
                            "{'session_id':%d,'question_id':%d,'text_answer':'%s'}",
                            test.id(), question, "x".repeat(2001)))))
        .isEqualTo("400 INVALID_INPUT Answer must not exceed 2000 characters.");
    asha.submit(test.id());
    assertThat(words(asha.answer(test.id(), question, "A")))
        .isEqualTo("422 TEST_ALREADY_COMPLETED This test has already been submitted.");
  }

  @Test
  void aTestThatIsQuitIsIncomplete() {
    ExamStudent.BegunTest test = asha.begin("7", 1);

    HttpAnswer quit = asha.client().post("/api/test-sessions/" + test.id() + "/quit/");

    assertThat(quit.body())
        .isEqualTo(
            """
            {"message":"Test session has been marked as incomplete.",\
            "session_id":%d,"status":"incomplete"}\
            """
                .formatted(test.id()));
    assertThat(asha.submit(test.id()).status()).isEqualTo(422);
    assertThat(asha.status(test.id()).body())
        .contains(json("'insights_generated':false"), json("'total_subjects':0"));
    long completed = asha.submitted("7", "r");
    HttpAnswer refused = asha.client().post("/api/test-sessions/" + completed + "/quit/");
    assertThat(words(refused)).isEqualTo("400 INVALID_INPUT Cannot quit a completed test session.");
  }

  @Test
  void anotherStudentsTestIsAnsweredLikeAnUnknownOne() {
    long test = asha.submitted("7", "rw");

    for (String path :
        List.of(
            "/api/zone-insights/status/%s/",
            "/api/zone-insights/test/%s/", "/api/zone-insights/raw/%s/")) {
      for (String id : List.of("" + test, "999999", "x", "-1", "9".repeat(30))) {
        HttpAnswer answer = ben.client().get(path.formatted(id));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
            .isEqualTo(json("{'status':'error','message':'Test not found or access denied'}"));
      }
    }
    for (String id : List.of("" + test, "999999", "x")) {
      assertThat(words(ben.client().get("/api/test-sessions/" + id + "/")))
          .isEqualTo("404 NOT_FOUND Resource not found");
      assertThat(words(ben.client().get("/api/test-sessions/" + id + "/results/")))
          .isEqualTo("404 NOT_FOUND Resource not found");
      assertThat(words(ben.client().post("/api/test-sessions/" + id + "/submit/", "{}")))
          .isEqualTo("404 NOT_FOUND Resource not found");
      assertThat(words(ben.client().post("/api/test-sessions/" + id + "/quit/")))
          .isEqualTo("404 NOT_FOUND Resource not found");
    }
    assertThat(ben.client().get("/api/zone-insights/tests/").body())
        .doesNotContain("#" + test + "\"");
    assertThat(ben.client().get("/api/test-sessions/").body())
        .doesNotContain(json("'id':%s,", test));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/topics/",
        "/api/test-sessions/",
        "/api/test-sessions/1/",
        "/api/test-sessions/1/results/",
        "/api/tasks/status/1/"
      })
  void withoutALoginTheTestsCallsAnswer401(String path) {
    assertThat(words(server.anybody().get(path)))
        .isEqualTo("401 AUTH_REQUIRED Authentication credentials were not provided");
    assertThat(words(server.anybody().bearing("garbage").get(path)))
        .isEqualTo("401 AUTH_TOKEN_INVALID Authentication failed");
  }

  @Test
  void withoutALoginTheInsightsCallsAnswer401() {
    for (Client nobody : List.of(server.anybody(), server.anybody().bearing("garbage"))) {
      for (String path : List.of("status/1/", "tests/", "test/1/", "raw/1/")) {
        HttpAnswer answer = nobody.get("/api/zone-insights/" + path);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body())
            .isEqualTo(json("{'status':'error','message':'User not properly authenticated'}"));
      }
    }
  }

  @Test
  void nothingIsMadeByReading() {
    ExamStudent.BegunTest open = asha.begin("7", 1);

    assertThat(asha.client().get("/api/zone-insights/test/" + open.id() + "/").status())
        .isEqualTo(404);
    assertThat(asha.client().get("/api/test-sessions/" + open.id() + "/results/").status())
        .isEqualTo(400);
    assertThat(asha.status(open.id()).json().path("insights_generated").asBoolean(true)).isFalse();
  }

  @Test
  void studentsLogInWithTheirIdOrFullNameToo() {
    JsonNode student = logIn("asha@demo.test").json().path("student");
    String id = student.path("student_id").asString("");

    assertThat(id).matches("STU[0-9A-F]{12}");
    assertThat(student.path("full_name").asString("")).isEqualTo("Asha Rao");
    for (String name : List.of(id, "asha rao", "Asha Rao")) {
      assertThat(logIn(name).json().path("user").path("email").asString(""))
          .isEqualTo("asha@demo.test");
    }
    assertThat(logIn("Asha").status()).isEqualTo(401);
  }

  private HttpAnswer logIn(String username) {
    return server
        .anybody()
        .post("/api/auth/login/", json("{'username':'%s','password':'handoff'}", username));
  }

  private static String words(HttpAnswer answer) {
    JsonNode error = answer.json().path("error");
    return answer.status()
        + " "
        + error.path("code").asString("")
        + " "
        + error.path("message").asString("");
  }
}
