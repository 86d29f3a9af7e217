package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelRequest;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// The insights of submitted tests, made in the background (Z1, Z8, Z12 and what else holds of
/// them).
@OnBothStores
final class ZoneInsightsTest {
  private static final String PHYSICS_AND_CHEMISTRY = "1,6";

  private static ScriptedModelServer model;
  private static TestServer server;
  private ExamStudent asha;

  @BeforeAll
  static void start() {
    model = ScriptedModelServer.start();
    server =
        TestServer.start(
            TestServer.temporaryFolder(),
            "handoff.demo=true",
            "handoff.ai.provider=openai",
            "handoff.ai.base-url=" + model.baseUrl(),
            "handoff.ai.api-key=" + ScriptedModelServer.KEY,
            "handoff.systems.zone-insights.retry-wait=200ms");
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  @BeforeEach
  void analyst() {
    model.clear().byDefault(ExamStudent.ANALYST);
    asha = new ExamStudent(server.as("asha@demo.test"), server);
  }

  @Test
  void theSubmitIsGradedAtOnceAndTheInsightsFollow() {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    ExamStudent.BegunTest test = asha.begin(PHYSICS_AND_CHEMISTRY, 4);
    asha.answerAll(test, "rrw-");

    // That it returns is the proof: the model does not answer before the gate opens.
    HttpAnswer submitted = asha.submit(test.id());
    assertThat(submitted.status()).isEqualTo(200);
    assertThat(submitted.json().path("correct_answers").asInt()).isEqualTo(2);
    await().until(() -> model.openCalls() == 2);
    HttpAnswer waiting = asha.status(test.id());
    assertThat(waiting.body())
        .startsWith(
            """
            {"status":"success","test_id":%d,"insights_generated":false,\
            "subjects_with_insights":[],"total_subjects":0,\
            "expected_subjects":["Physics","Chemistry"],"all_subjects_complete":false\
            """
                .formatted(test.id()));

    model.byDefault(ExamStudent.ANALYST);
    gate.openForAll();
    JsonNode ready = asha.awaitInsights(test.id()).json();
    assertThat(ready.path("total_subjects").asInt()).isEqualTo(2);
    assertThat(ready.path("all_subjects_complete").asBoolean()).isTrue();
    assertThat(ready.path("subjects_with_insights").toString())
        .isEqualTo(json("['Physics','Chemistry']"));
  }

  @Test
  void aTestShowsItsZonesAndCheckpoints() {
    long test = asha.submitted(PHYSICS_AND_CHEMISTRY, "rw--");
    asha.awaitInsights(test);

    JsonNode shown = asha.client().get("/api/zone-insights/test/" + test + "/").json();
    JsonNode info = shown.path("test_info");
    assertThat(shown.path("status").asString("")).isEqualTo("success");
    assertThat(info.path("test_name").asString("")).isEqualTo("Practice Test #" + test);
    assertThat(info.path("total_marks").asInt()).isEqualTo(3);
    assertThat(info.path("max_marks").asInt()).isEqualTo(16);
    assertThat(info.path("percentage").asDouble()).isEqualTo(18.75);
    assertThat(info.path("subject_marks").path("Physics").toString())
        .isEqualTo(
            """
            {"score":37.5,"correct":1,"incorrect":1,"unanswered":0,"marks":3,"max_marks":8}\
            """);
    JsonNode physics = shown.path("zone_insights").path(0);
    assertThat(physics.toString())
        .isEqualTo(
            """
            {"subject":"Physics","steady_zone":["Firm in Physics one.","Firm in Physics two."],\
            "edge_zone":["Edge in Physics one.","Edge in Physics two."],\
            "focus_zone":["Weak in Physics one.","Weak in Physics two."],\
            "generated_by_ai":true}\
            """);
    JsonNode checkpoint = shown.path("checkpoints").path(0).path("checkpoints").path(0);
    assertThat(checkpoint.toString())
        .isEqualTo(
            """
            {"topic":"T1","subject":"Physics","subtopic":"One","accuracy":0.4,\
            "checklist":"Problem one.","action_plan":"Plan one.","citation":[1]}\
            """);
    JsonNode raw = asha.client().get("/api/zone-insights/raw/" + test).json();
    assertThat(raw.path("raw_insights").path(1).path("subject").asString(""))
        .isEqualTo("Chemistry");
    assertThat(raw.path("raw_insights").path(1).path("topics_analyzed").path(0).toString())
        .isEqualTo(
            """
            {"topic":"Mole concept","accuracy":0.0,"total":2,"correct":0,"average_time":0}\
            """);
    JsonNode tests = asha.client().get("/api/zone-insights/tests/").json();
    assertThat(tests.path("tests").path(0).path("id").asLong()).isEqualTo(test);
    assertThat(tests.path("total_tests").asInt()).isEqualTo(tests.path("tests").size());
  }

  @Test
  void aRetryDoesOnlyWhatIsMissing() {
    AtomicInteger chemistry = new AtomicInteger();
    model.byDefault(
        ModelScript.decide(request ->
            about(request).equals("Chemistry") && chemistry.incrementAndGet() == 1
                ? ModelScript.serverError()
                : ExamStudent.ANALYST));
    int before = model.requests().size();

    long test = asha.submitted(PHYSICS_AND_CHEMISTRY, "rw--");
    asha.awaitInsights(test);

    JsonNode task = task(test);
    assertThat(task.path("attempt").asInt()).isEqualTo(2);
    assertThat(task.path("type").asString(""))
        .isEqualTo("neet_app.tasks.generate_zone_insights_task");
    List<String> asked =
        model.requests().stream().skip(before).map(ZoneInsightsTest::about).sorted().toList();
    assertThat(asked).containsExactly("Chemistry", "Chemistry", "Chemistry", "Physics", "Physics");
    assertThat(rows(test)).isEqualTo(2);
  }

  @Test
  void whatCannotBeReadIsSentBackOnceWithTheReason() {
    model.byDefault(
        ModelScript.decide(request ->
            request.turns().size() > 2
                ? ExamStudent.ANALYST
                : ModelScript.answer("Sorry, no JSON")));

    long test = asha.submitted("1", "rw");
    asha.awaitInsights(test);

    assertThat(task(test).path("attempt").asInt()).isEqualTo(1);
    assertThat(model.requests().getLast().lastUserText())
        .startsWith(
            "The answer is not valid JSON: unexpected text at line 1, column 1. Answer again");
    assertThat(model.requests().getLast().wantsJson()).isTrue();
    assertThat(byAi(test)).isTrue();
  }

  @Test
  void afterThreeAttemptsTheRulesFillInWhatIsMissing() {
    model.byDefault(
        ModelScript.decide(request ->
            about(request).equals("Chemistry") ? ModelScript.serverError() : ExamStudent.ANALYST));

    long test = asha.submitted("6,1", "rw--");
    asha.awaitInsights(test);

    JsonNode shown = asha.client().get("/api/zone-insights/test/" + test + "/").json();
    assertThat(task(test).path("attempt").asInt()).isEqualTo(3);
    assertThat(task(test).path("state").asString("")).isEqualTo("completed");
    assertThat(shown.path("zone_insights").path(0).path("generated_by_ai").asBoolean()).isTrue();
    JsonNode chemistry = shown.path("zone_insights").path(1);
    assertThat(chemistry.path("generated_by_ai").asBoolean()).isFalse();
    assertThat(chemistry.path("focus_zone").path(0).asString(""))
        .startsWith("Mole concept: 0 of 2");
    assertThat(shown.path("checkpoints").path(1).path("checkpoints").toString())
        .contains(
            "General concepts", "Problem-solving", json("'accuracy':0.5"), json("'citation':[]"));
  }

  @Test
  void aWaitThatTheProviderAsksForCostsNoAttempt() {
    model.enqueue(ModelScript.rateLimited("1"));

    long test = asha.submitted("1", "r");
    asha.awaitInsights(test);

    assertThat(task(test).path("attempt").asInt()).isEqualTo(1);
    assertThat(byAi(test)).isTrue();
  }

  @Test
  void aSecondSubmitGivesTheSameResultsAndNoSecondTask() {
    ExamStudent.BegunTest test = asha.begin("1", 2);
    asha.answerAll(test, "rw");

    HttpAnswer first = asha.submit(test.id());
    asha.awaitInsights(test.id());
    int asked = model.requests().size();
    HttpAnswer second = asha.submit(test.id());

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.text("insights_task_id")).isNotEmpty();
    assertThat(model.requests()).hasSize(asked);
    assertThat(rows(test.id())).isEqualTo(1);
  }

  @Test
  void whatWasCancelledIsMadeByAnotherSubmit() {
    Gate gate = Gate.closed();
    model.byDefault(ModelScript.hang(gate));
    long test = asha.submitted("1", "r");
    String task = asha.status(test).text("insights_task_id");
    await().until(() -> model.openCalls() == 1);

    assertThat(asha.client().post("/api/v1/tasks/" + task + "/cancel").text("state"))
        .isEqualTo("cancelled");
    JsonNode stopped = asha.status(test).json();
    assertThat(stopped.path("insights_generated").asBoolean(true)).isFalse();
    assertThat(stopped.path("insights_failed").asBoolean()).isTrue();
    gate.openForAll();
    model.byDefault(ExamStudent.ANALYST);

    assertThat(asha.submit(test).status()).isEqualTo(200);
    asha.awaitInsights(test);
    assertThat(asha.status(test).text("insights_task_id")).isNotEqualTo(task);
    assertThat(rows(test)).isEqualTo(1);
  }

  @Test
  void tellsHowLongInsightsTook() {
    asha.awaitInsights(asha.submitted("1,6", "rr"));

    JsonNode times = asha.client().get("/api/zone-insights/analytics/").json();

    assertThat(times.path("tests").asInt()).isPositive();
    for (String step : List.of("first_subject", "all_subjects")) {
      JsonNode one = times.path("steps").path(step);
      assertThat(one.path("p50_ms").asLong(-1)).isNotNegative();
      assertThat(one.path("p95_ms").asLong(-1))
          .isGreaterThanOrEqualTo(one.path("p50_ms").asLong(0));
    }
  }

  @Test
  void theModelSeesAnswersTimesAndMisconceptionsOnly() {
    ExamStudent.BegunTest test = asha.begin("1", 4);
    asha.answerAll(test, "wwww");
    asha.client()
        .post(
            "/api/time-tracking/log_time/",
            json(
                "{'session_id':%d,'question_id':%d,'time_spent':37}",
                test.id(), test.questions().getFirst()));
    int before = model.requests().size();
    asha.submit(test.id());
    asha.awaitInsights(test.id());

    String asked =
        model.requests().stream().skip(before).map(ModelRequest::lastUserText).toList().toString();
    assertThat(asked)
        .contains("Question 4 (Kinematics)", "(wrong), 37 s", "may believe:", "accuracy 0.00")
        .doesNotContain("asha", "Asha", "@demo");
  }

  @Test
  void theTaskIsToldInTheFormerQueuesWords() {
    long test = asha.submitted("1", "r");
    asha.awaitInsights(test);
    String id = asha.status(test).text("insights_task_id");

    HttpAnswer answer =
        await()
            .until(
                () -> asha.client().get("/api/tasks/status/" + id + "/"),
                told -> told.json().path("ready").asBoolean());
    assertThat(answer.body())
        .isEqualTo(
            """
            {"task_id":"%s","status":"SUCCESS","ready":true,"result":\
            {"status":"success","session_id":%d,"subjects_processed":1,\
            "subjects":["Physics"]}}\
            """
                .formatted(id, test));
    assertThat(server.as("ben@demo.test").get("/api/tasks/status/" + id + "/").status())
        .isEqualTo(404);
    assertThat(server.anybody().get("/api/tasks/status/" + id + "/").status()).isEqualTo(401);
  }

  @Test
  void writesTheLinesThatOperatorsLookFor() {
    try (ServerLogs logs = new ServerLogs()) {
      long test = asha.submitted("1", "r");
      asha.awaitInsights(test);

      await()
          .until(
              () -> logs.lines(Level.INFO).toString(),
              lines ->
                  lines.contains("Enqueuing zone insights generation for session " + test)
                      && lines.contains("Starting zone insights generation for session " + test)
                      && lines.contains(
                          "Zone insights generation for session " + test + " done subjects=1"));
    }
  }

  private static String about(ModelRequest request) {
    return ExamStudent.subjectIn(
        request.turns().stream().map(turn -> turn.text()).toList().toString());
  }

  private JsonNode task(long test) {
    String id = asha.status(test).text("insights_task_id");
    return asha.client().get("/api/v1/tasks/" + id).json();
  }

  private boolean byAi(long test) {
    JsonNode shown = asha.client().get("/api/zone-insights/test/" + test + "/").json();
    return shown.path("zone_insights").path(0).path("generated_by_ai").asBoolean();
  }

  private static int rows(long test) {
    return server
        .bean(JdbcClient.class)
        .sql("select count(*) from zone_insight where test_session_id = :test")
        .param("test", test)
        .query(Integer.class)
        .single();
  }
}
