package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A hundred pupils ask at once while the AI answers nobody (F21): each is answered at once, none
/// is lost, and as many are worked on as may be, never more.
final class TeamCrowdTest {
  private static final int PUPILS = 100;
  private static final int AT_ONCE = 3;

  @Test
  void onlyTheSlotsLimitACrowd() throws Exception {
    try (TeamServer served =
        TeamServer.start(
            "handoff.systems.team-evaluation.calls-per-minute=1000000",
            "handoff.systems.team-evaluation.concurrency=" + AT_ONCE)) {
      ScriptedModelServer model = served.model();
      Gate gate = Gate.closed();
      model.byDefault(
          ModelScript.decide(request ->
              ModelScript.streamed(gate, request.wantsJson() ? Team.FACTS : Team.SUMMARY)));
      Team team = served.team();
      List<Client> pupils = team.crowd(PUPILS);
      // Once, so that what is loaded at the first call is.
      String warm = Team.queue(team.teacher(), 456);

      Map<Integer, HttpAnswer> answers = new ConcurrentHashMap<>();
      CountDownLatch together = new CountDownLatch(1);
      List<Thread> threads =
          java.util.stream.IntStream.range(0, PUPILS)
              .mapToObj(i ->
                  Thread.startVirtualThread(() -> {
                    await(together);
                    answers.put(i, pupils.get(i).post(Team.of(123, 10_000 + i) + "/queue"));
                  }))
              .toList();
      together.countDown();
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(answers).hasSize(PUPILS);
      answers.values().forEach(answer -> assertThat(answer.status()).isEqualTo(200));
      // All of them were answered before the AI said a word to anybody.
      Awaitility.await().until(() -> model.openCalls() == AT_ONCE);
      assertThat(stats(team).path("processing_count").asInt()).isEqualTo(AT_ONCE);
      assertThat(stats(team).path("queued_count").asInt()).isEqualTo(PUPILS + 1 - AT_ONCE);
      assertThat(stats(team).path("workers_count").asInt()).isEqualTo(AT_ONCE);

      // Each summary takes two answers; whatever is let through, the slots are full again.
      for (int summary = 1; summary <= PUPILS + 1; summary++) {
        gate.pass(2);
        int done = summary;
        Awaitility.await()
            .until(() -> stats(team).path("completed_count").asInt() >= done - AT_ONCE);
      }
      Awaitility.await().until(() -> stats(team).path("completed_count").asInt() == PUPILS + 1);
      assertThat(model.mostOpenCalls()).isEqualTo(AT_ONCE);
      assertThat(model.requests()).hasSize(2 * (PUPILS + 1));
      assertThat(team.count("feedback_summaries")).isEqualTo(PUPILS + 1);
      for (int i = 0; i < PUPILS; i++) {
        String id = Objects.requireNonNull(answers.get(i)).text("job_id");
        JsonNode job = pupils.get(i).get(Team.status(id)).json();
        assertThat(job.path("result").path("generation_method").asString()).isEqualTo("ai");
      }
      Team.awaitStatus(team.teacher(), warm, "completed");
    }
  }

  private static JsonNode stats(Team team) {
    return team.teacher().get(Team.CALLS + "/queue/stats").json();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
