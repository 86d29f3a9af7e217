package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The queue without a worker, and what is left of it when the engine has forgotten.
@OnBothStores
final class TeamQueueTest {
  @Test
  void waitsForAWorkerAndKeepsWhatItCameTo(@TempDir Path folder) {
    TestClock clock = TestClock.atNine();
    String job;
    try (TestServer alone =
        TestServer.startAt(clock, folder, "handoff.demo=true", "handoff.role=api")) {
      Team team = new Team(alone);
      job = Team.queue(team.pupil(456), 456);
      assertThat(team.pupil(456).get(Team.status(job)).text("status")).isEqualTo("queued");
      assertThat(team.teacher().get(Team.CALLS + "/queue/health").body())
          .isEqualTo(
              """
              {"status":"unhealthy","redis":"connected","workers":[],\
              "queues":[{"name":"feedback-summaries","count":1}]}\
              """);
      assertThat(team.teacher().get(Team.CALLS + "/queue/stats").body())
          .contains(json("'queued_count':1"), json("'workers_count':0"));
      // Who waits on the line is served all the same.
      assertThat(team.pupil(457).get(Team.of(123, 457)).text("summary_text")).startsWith("Je hebt");
    }

    try (TestServer worker = TestServer.startAt(clock, folder, "handoff.demo=true")) {
      Team team = new Team(worker);
      JsonNode done = Team.awaitStatus(team.pupil(456), job, "completed").json();
      String task = "/api/v1/tasks/" + done.path("task_id").asString();
      assertThat(team.pupil(456).get(task).status()).isEqualTo(200);

      clock.advance(Duration.ofHours(25));

      Client daysLater = worker.anybody().bearing(login(worker, "456@school1.test"));
      assertThat(daysLater.get(task).status()).isEqualTo(404);
      assertThat(daysLater.get(Team.status(job)).json()).isEqualTo(done);
      assertThat(Team.queue(daysLater, 456)).isEqualTo(job);
    }
  }

  private static String login(TestServer server, String username) {
    String body = json("{'username':'%s','password':'handoff'}", username);
    return server.anybody().post("/api/auth/login/", body).text("access");
  }
}
