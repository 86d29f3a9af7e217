package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server process that is killed in the middle of its work (C10).
final class KilledServerIT {
  @Test
  void theNextProcessFinishesWhatTheKilledOneHeld(@TempDir Path folder) throws Exception {
    Gate gate = Gate.closed();
    try (ScriptedModelServer model = ScriptedModelServer.start();
        KillableServer server = KillableServer.over(folder, KillableServer.asking(model))) {
      model.enqueue(ModelScript.hang(gate), ModelScript.answer("finished by another"));
      Client asha = server.start().as("asha@demo.test");
      String task = Tasks.message(asha, "What is 2x=8?");
      // Read by the model: a call that is only open may die before it takes the script that hangs.
      await().until(() -> model.requests().size() == 1);
      server.kill();

      server.start();
      HttpAnswer done = Tasks.awaitStatus(asha, task, "completed");
      assertThat(done.text("response")).isEqualTo("finished by another");
      assertThat(asha.get("/api/v1/tasks/" + task).json().path("attempt").asInt()).isEqualTo(2);
      assertThat(asha.get("/api/v1/tasks/" + task + "/events").body())
          .contains("event: taskRescued");
      gate.openForAll();
    }
  }
}
