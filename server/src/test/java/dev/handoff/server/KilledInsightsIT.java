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
import tools.jackson.databind.JsonNode;

/// Insights whose server is killed in the middle (Z11), or that has no worker (Z12).
@OnBothStores
final class KilledInsightsIT {
  @Test
  void theNextProcessMakesOnlyWhatTheKilledOneDidNot(@TempDir Path folder) throws Exception {
    Gate gate = Gate.closed();
    try (ScriptedModelServer model = ScriptedModelServer.start();
        KillableServer server = KillableServer.over(folder, KillableServer.asking(model))) {
      model.byDefault(
          ModelScript.decide(request ->
              ExamStudent.subjectIn(request.lastUserText()).equals("Chemistry")
                  ? ModelScript.hang(gate)
                  : ExamStudent.ANALYST));
      Client asha = server.start().as("asha@demo.test");
      long test = begun(asha);
      assertThat(asha.post("/api/test-sessions/" + test + "/submit/", "{}").status())
          .isEqualTo(200);
      await()
          .until(
              () -> status(asha, test).path("subjects_with_insights").toString(),
              json("['Physics']")::equals);
      assertThat(status(asha, test).path("insights_generated").asBoolean(true)).isFalse();
      await().until(() -> model.openCalls() == 1);
      server.kill();
      model.byDefault(ExamStudent.ANALYST);

      server.start();
      JsonNode done =
          await()
              .until(
                  () -> status(asha, test), is -> is.path("insights_generated").asBoolean(false));
      assertThat(done.path("total_subjects").asInt()).isEqualTo(2);
      JsonNode raw = asha.get("/api/zone-insights/raw/" + test + "/").json();
      assertThat(raw.path("raw_insights").size()).isEqualTo(2);
      String task = done.path("insights_task_id").asString("");
      assertThat(asha.get("/api/v1/tasks/" + task).json().path("attempt").asInt()).isEqualTo(2);
      assertThat(
              model.requests().stream()
                  .filter(it -> ExamStudent.subjectIn(it.lastUserText()).equals("Physics")))
          .as("what was remembered is not asked again")
          .hasSize(2);
      gate.openForAll();
    }
  }

  @Test
  void withoutAWorkerTheRequestDoesTheWork(@TempDir Path folder) {
    try (TestServer alone = TestServer.start(folder, "handoff.demo=true", "handoff.role=api")) {
      ExamStudent asha = new ExamStudent(alone.as("asha@demo.test"), alone);

      long test = asha.submitted("1,6", "rw--");

      JsonNode status = asha.status(test).json();
      assertThat(status.path("insights_generated").asBoolean()).isTrue();
      JsonNode zones =
          asha.client().get("/api/zone-insights/test/" + test).json().path("zone_insights");
      assertThat(zones.size()).isEqualTo(2);
      assertThat(zones.path(0).path("generated_by_ai").asBoolean(true)).isFalse();
      assertThat(zones.path(0).path("edge_zone").path(0).asString(""))
          .startsWith("Kinematics: 1 of 2 right");
    }
  }

  private static long begun(Client asha) {
    JsonNode test =
        asha.post("/api/test-sessions/", json("{'selected_topics':[1,6],'question_count':4}"))
            .json();
    return test.path("id").asLong();
  }

  private static JsonNode status(Client asha, long test) {
    return asha.get("/api/zone-insights/status/" + test + "/").json();
  }
}
