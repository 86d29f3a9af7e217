package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Server processes that are killed at each step of a prompt (P10): another one finishes it, and
/// its tokens are taken once.
final class KilledPromptTest {
  @TempDir private Path folder;
  private final ScriptedModelServer model = ScriptedModelServer.start();
  private final int port = freePort();
  private @Nullable Process process;

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
    model.close();
  }

  @Test
  void tokensAreTakenOnceWhereverTheServerDies() throws Exception {
    model.byDefault(ModelScript.answer("A prompt."));
    Client owner = start();
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
    kill();

    Client second = start();
    stopped.values().forEach(task -> Prompts.awaitStatus(second, task, "completed"));
    assertThat(Prompts.tokens(second)).isEqualTo(full - 6 * price);
    assertThat(Prompts.reserved(second)).isZero();
    // The one at 90 % had its answer, and no second one was paid for.
    assertThat(model.requests()).hasSize(6);

    String uncommitted = Prompts.start(second, "die before the commit");
    awaitDeath();
    Client third = start();
    Prompts.awaitStatus(third, uncommitted, "completed");
    assertThat(Prompts.tokens(third)).isEqualTo(full - 7 * price);

    String committed = Prompts.start(third, "die after the commit");
    awaitDeath();
    Client fourth = start();
    assertThat(Prompts.awaitStatus(fourth, committed, "completed").text("prompt"))
        .isEqualTo("A prompt.");
    assertThat(Prompts.tokens(fourth)).isEqualTo(full - 8 * price);
    assertThat(Prompts.reserved(fourth)).isZero();
    assertThat(fourth.get(Prompts.START + "analytics/").json().path("prompts").asInt())
        .isEqualTo(8);
    assertThat(model.requests()).hasSize(8);
  }

  private Client start() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HaltingServer.class.getName(),
                "--server.port=" + port,
                "--handoff.demo=true",
                "--handoff.data-dir=" + folder,
                "--handoff.ai.provider=openai",
                "--handoff.ai.base-url=" + model.baseUrl())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
            .start();
    Client anybody = new Client(HttpClient.newHttpClient(), "http://127.0.0.1:" + port, List.of());
    await().atMost(TestServer.PATIENCE).until(() -> ready(anybody));
    Answer login =
        anybody.post(
            "/api/auth/login/", "{\"username\":\"owner@demo.test\",\"password\":\"handoff\"}");
    return anybody.bearing(login.text("access"));
  }

  private void kill() throws InterruptedException {
    Process running = java.util.Objects.requireNonNull(process);
    running.toHandle().destroyForcibly();
    running.waitFor();
  }

  private void awaitDeath() throws InterruptedException {
    assertThat(java.util.Objects.requireNonNull(process).waitFor()).isEqualTo(137);
  }

  private static boolean ready(Client anybody) {
    try {
      return anybody.get("/actuator/health/readiness").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
