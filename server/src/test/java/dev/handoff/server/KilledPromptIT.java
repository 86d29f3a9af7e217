package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Server processes that are killed at each step of a prompt (P10): another one finishes it, and
/// its tokens are taken once.
@OnBothStores
final class KilledPromptIT {
  @Test
  void tokensAreTakenOnceWhereverTheServerDies(@TempDir Path folder) throws Exception {
    try (ScriptedModelServer model = ScriptedModelServer.start();
        KillableServer server =
            KillableServer.of(HaltingServer.class, folder, KillableServer.asking(model))) {
      dieEverywhere(model, server);
    }
  }

  private static void dieEverywhere(ScriptedModelServer model, KillableServer server)
      throws Exception {
    model.byDefault(ModelScript.answer("A prompt."));
    Client owner = server.start().as("owner@demo.test");
    long full = Prompts.tokens(owner);
    Prompts.awaitStatus(owner, Prompts.start(owner, "a prompt to weigh."), "completed");
    // Each prompt has as many words as this one.
    long price = full - Prompts.tokens(owner);
    assertThat(price).isPositive();

    Map<Integer, String> stopped = new LinkedHashMap<>();
    for (int percent : List.of(10, 30, 50, 70, 90)) {
      stopped.put(percent, Prompts.start(owner, "stop at %d. please".formatted(percent)));
    }
    stopped.forEach((percent, task) -> Prompts.awaitProgress(owner, task, percent));
    // Those that passed the check hold their tokens.
    assertThat(Prompts.reserved(owner)).isEqualTo(3 * 700);
    server.kill();

    server.start();
    stopped.values().forEach(task -> Prompts.awaitStatus(owner, task, "completed"));
    assertThat(Prompts.tokens(owner)).isEqualTo(full - 6 * price);
    assertThat(Prompts.reserved(owner)).isZero();
    // The one at 90 % had its answer, and no second one was paid for.
    assertThat(model.requests()).hasSize(6);

    String uncommitted = Prompts.start(owner, "die before the commit");
    server.awaitDeath();
    server.start();
    Prompts.awaitStatus(owner, uncommitted, "completed");
    assertThat(Prompts.tokens(owner)).isEqualTo(full - 7 * price);

    String committed = Prompts.start(owner, "die after the commit");
    server.awaitDeath();
    server.start();
    assertThat(Prompts.awaitStatus(owner, committed, "completed").text("prompt"))
        .isEqualTo("A prompt.");
    assertThat(Prompts.tokens(owner)).isEqualTo(full - 8 * price);
    assertThat(Prompts.reserved(owner)).isZero();
    assertThat(owner.get(Prompts.START + "analytics/").json().path("prompts").asInt()).isEqualTo(8);
    assertThat(model.requests()).hasSize(8);
  }
}
