package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server process that is killed in the middle of its work (C10).
final class KilledServerTest {
  @Test
  void theNextProcessFinishesWhatTheKilledOneHeld(@TempDir Path folder) throws Exception {
    try (ScriptedModelServer model = ScriptedModelServer.start()) {
      Gate gate = Gate.closed();
      model.enqueue(ModelScript.hang(gate), ModelScript.answer("finished by another"));
      int port = freePort();
      Client anybody =
          new Client(HttpClient.newHttpClient(), "http://127.0.0.1:" + port, List.of());

      Process first = start(folder, port, model);
      Client asha = loggedIn(anybody);
      String task = Tasks.message(asha, "What is 2x=8?");
      await().until(() -> model.openCalls() == 1);
      first.destroyForcibly().waitFor();

      Process second = start(folder, port, model);
      try {
        await().atMost(TestServer.PATIENCE).until(() -> ready(anybody));
        Answer done = Tasks.awaitStatus(asha, task, "completed");
        assertThat(done.text("response")).isEqualTo("finished by another");
        assertThat(asha.get("/api/v1/tasks/" + task).json().path("attempt").asInt()).isEqualTo(2);
        assertThat(asha.get("/api/v1/tasks/" + task + "/events").body())
            .contains("event: taskRescued");
      } finally {
        gate.openForAll();
        second.destroy();
        assertThat(second.waitFor()).isIn(0, 143);
      }
    }
  }

  static Process start(Path folder, int port, ScriptedModelServer model) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx300m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            HandoffServer.class.getName(),
            "--server.port=" + port,
            "--handoff.demo=true",
            "--handoff.data-dir=" + folder,
            "--handoff.ai.provider=openai",
            "--handoff.ai.base-url=" + model.baseUrl())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
        .start();
  }

  static Client loggedIn(Client anybody) {
    await().atMost(TestServer.PATIENCE).until(() -> ready(anybody));
    Answer login =
        anybody.post(
            "/api/auth/login/", "{\"username\":\"asha@demo.test\",\"password\":\"handoff\"}");
    return anybody.bearing(login.text("access"));
  }

  static boolean ready(Client anybody) {
    try {
      return anybody.get("/actuator/health/readiness").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
