package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that is killed while it writes a summary (F15), with others waiting.
final class KilledSummaryTest {
  @Test
  void theNextProcessFinishesItOnceAndPaysForNothingTwice(@TempDir Path folder) throws Exception {
    try (ScriptedModelServer model = ScriptedModelServer.start()) {
      Gate gate = Gate.closed();
      model.byDefault(
          ModelScript.decide(request ->
              request.wantsJson() ? ModelScript.answer(Team.FACTS) : ModelScript.hang(gate)));
      int port = KilledServerTest.freePort();
      Client anybody =
          new Client(HttpClient.newHttpClient(), "http://127.0.0.1:" + port, List.of());

      Process first = KilledServerTest.start(folder, port, model);
      await().atMost(TestServer.PATIENCE).until(() -> KilledServerTest.ready(anybody));
      Client sanne = loggedIn(anybody, "456@school1.test");
      Client teacher = loggedIn(anybody, "teacher@school1.test");
      String job = Team.queue(sanne, 456);
      String other = Team.queue(teacher, 459);
      // The facts of both are paid for; the summaries are not there.
      await().until(() -> model.openCalls() == 2);
      first.destroyForcibly().waitFor();
      model.byDefault(Team.WRITER);
      gate.openForAll();

      Process second = KilledServerTest.start(folder, port, model);
      try {
        await().atMost(TestServer.PATIENCE).until(() -> KilledServerTest.ready(anybody));
        JsonNode done = Team.awaitStatus(sanne, job, "completed").json();
        Team.awaitStatus(teacher, other, "completed");
        assertThat(done.path("result").path("generation_method").asString()).isEqualTo("ai");
        assertThat(done.path("retry_count").asInt()).isEqualTo(1);
        assertThat(model.requests().stream().filter(it -> it.wantsJson()))
            .as("facts are remembered")
            .hasSize(2);
        assertThat(model.requests()).hasSize(6);
        assertThat(Team.queue(sanne, 456)).isEqualTo(job);
        assertThat(teacher.get(Team.CALLS + "/evaluation/123/jobs").json().path("total").asInt())
            .isEqualTo(2);
      } finally {
        second.destroy();
        assertThat(second.waitFor()).isIn(0, 143);
      }
      assertThat(summaries(folder)).isEqualTo(2);
    }
  }

  private static int summaries(Path folder) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("handoff.db"));
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from feedback_summaries")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  private static Client loggedIn(Client anybody, String username) {
    Answer login =
        anybody.post(
            "/api/auth/login/", "{\"username\":\"" + username + "\",\"password\":\"handoff\"}");
    assertThat(login.status()).as(login.toString()).isEqualTo(200);
    return anybody.bearing(login.text("access"));
  }
}
