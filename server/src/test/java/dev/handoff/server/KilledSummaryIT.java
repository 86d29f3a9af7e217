package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that is killed while it writes a summary (F15), with others waiting.
@OnBothStores
final class KilledSummaryIT {
  @Test
  void theNextProcessFinishesItOnceAndPaysForNothingTwice(@TempDir Path folder) throws Exception {
    try (ScriptedModelServer model = ScriptedModelServer.start();
        KillableServer server = KillableServer.over(folder, KillableServer.asking(model))) {
      Gate gate = Gate.closed();
      model.byDefault(
          ModelScript.decide(request ->
              request.wantsJson() ? ModelScript.answer(Team.FACTS) : ModelScript.hang(gate)));
      Client sanne = server.start().as("456@school1.test");
      Client teacher = server.as("teacher@school1.test");
      String job = Team.queue(sanne, 456);
      String other = Team.queue(teacher, 459);
      // The facts of both are paid for; the summaries are not there.
      await().until(() -> model.requests().size() == 4);
      server.kill();
      model.byDefault(Team.WRITER);
      gate.openForAll();

      server.start();
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
      // There can be one summary of a pupil and no more; this is it.
      JsonNode kept = sanne.get(Team.CALLS + "/evaluation/123/student/456").json();
      assertThat(kept.path("cached").asBoolean()).isTrue();
      assertThat(kept.path("summary_text")).isEqualTo(done.path("result").path("summary_text"));
    }
  }
}
