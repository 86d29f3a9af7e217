package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Insights that cannot be made, or not in time, and what the calls say when the server itself is
/// at fault.
@OnBothStores
final class InsightFaultsTest {
  @TempDir private Path folder;

  private static void change(TestServer server, String sql) {
    var _ = server.bean(JdbcClient.class).sql(sql).update();
  }

  private static JsonNode ended(ExamStudent student, long test) {
    String id = student.status(test).text("insights_task_id");
    return await()
        .until(
            () -> student.client().get("/api/tasks/status/" + id + "/").json(),
            told -> told.path("ready").asBoolean());
  }

  @Test
  void aFaultOfTheServersHasItsWordsInBothForms() {
    try (TestServer server = TestServer.start(folder, "handoff.demo=true")) {
      ExamStudent asha = new ExamStudent(server.as("asha@demo.test"), server);
      long test = asha.submitted("1", "r");
      asha.awaitInsights(test);
      change(server, "alter table zone_test_session rename to elsewhere");

      for (String path : new String[] {"status/" + test, "test/" + test, "raw/" + test, "tests"}) {
        assertThat(asha.client().get("/api/zone-insights/" + path + "/"))
            .as(path)
            .returns(500, HttpAnswer::status)
            .returns(
                json("{'status':'error','message':'Internal server error'}"), HttpAnswer::body);
      }
      for (HttpAnswer answer :
          new HttpAnswer[] {
            asha.submit(test), asha.client().get("/api/test-sessions/"), asha.answer(test, 101, "A")
          }) {
        assertThat(answer.status()).isEqualTo(500);
        JsonNode error = answer.json().path("error");
        assertThat(error.path("code").asString("")).isEqualTo("SERVER_ERROR");
        assertThat(error.path("message").asString("")).isEqualTo("Internal server error");
      }
    }
  }

  @Test
  void atTheSoftLimitTheRulesFillInWhatIsMissing() {
    Gate gate = Gate.closed();
    try (ScriptedModelServer model = ScriptedModelServer.start();
        TestServer server =
            TestServer.start(
                folder,
                "handoff.demo=true",
                "handoff.ai.provider=openai",
                "handoff.ai.base-url=" + model.baseUrl(),
                "handoff.systems.zone-insights.soft-limit=1s")) {
      model.byDefault(
          ModelScript.decide(request ->
              ExamStudent.subjectIn(request.lastUserText()).equals("Chemistry")
                  ? ModelScript.hang(gate)
                  : ExamStudent.ANALYST));
      ExamStudent asha = new ExamStudent(server.as("asha@demo.test"), server);

      long test = asha.submitted("1,6", "rw--");
      asha.awaitInsights(test);

      JsonNode zones =
          asha.client().get("/api/zone-insights/test/" + test + "/").json().path("zone_insights");
      assertThat(zones.path(0).path("generated_by_ai").asBoolean()).isTrue();
      assertThat(zones.path(1).path("generated_by_ai").asBoolean(true)).isFalse();
      assertThat(ended(asha, test).path("status").asString("")).isEqualTo("SUCCESS");
      gate.openForAll();

      model.byDefault(ExamStudent.ANALYST);
      String again = "/api/zone-insights/test/" + test + "/remake/";
      assertThat(asha.client().post(again).status()).isEqualTo(200);
      await()
          .until(() ->
              asha.client()
                  .get("/api/zone-insights/test/" + test + "/")
                  .json()
                  .path("zone_insights")
                  .path(1)
                  .path("generated_by_ai")
                  .asBoolean());
      String task = asha.status(test).text("insights_task_id");
      assertThat(asha.client().post(again).text("insights_task_id")).isEqualTo(task);
      assertThat(server.as("ben@demo.test").post(again).status()).isEqualTo(404);
    }
  }

  @Test
  void aTestOfNoCountedSubjectEndsWithAWarning() {
    try (TestServer server = TestServer.start(folder, "handoff.demo=true")) {
      change(
          server,
          "insert into zone_topic (id, name, subject, icon)"
              + " values (901, 'The Mughals', 'History', 'book')");
      change(
          server,
          "insert into zone_question (id, topic_id, question, correct_answer, explanation,"
              + " difficulty, question_type)"
              + " values (90101, 901, 'Who built it?', '7', 'He did.', 'easy', 'NVT')");
      ExamStudent asha = new ExamStudent(server.as("asha@demo.test"), server);

      long test = asha.submitted("901", "r");

      assertThat(ended(asha, test).path("result").toString())
          .isEqualTo(json("{'status':'warning','message':'No zone insights generated'}"));
      JsonNode status = asha.status(test).json();
      assertThat(status.path("insights_generated").asBoolean(true)).isFalse();
      assertThat(status.path("total_subjects").asInt(-1)).isZero();
    }
  }

  @Test
  void aTestThatIsGoneEndsWithAnErrorAndNoRetry() {
    try (TestServer server =
        TestServer.start(
            folder,
            "handoff.demo=true",
            "handoff.api.open-types=neet_app.tasks.generate_zone_insights_task")) {
      Client asha = server.as("asha@demo.test");

      HttpAnswer taken =
          asha.post(
              "/api/v1/tasks",
              """
              {"type":"neet_app.tasks.generate_zone_insights_task",\
              "request":{"session_id":999999}}\
              """);
      JsonNode task =
          await()
              .until(
                  () -> asha.get("/api/v1/tasks/" + taken.text("id")).json(),
                  told -> told.path("state").asString("").equals("completed"));

      assertThat(task.path("attempt").asInt()).isEqualTo(1);
      assertThat(asha.get("/api/tasks/status/" + taken.text("id") + "/").json().path("result"))
          .hasToString(json("{'status':'error','error':'Session not found'}"));
    }
  }
}
