package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server process that is killed after a task ended, before its receiver took the message.
final class KilledSenderTest {
  @Test
  void theNextProcessTellsWhatTheKilledOneCouldNot(@TempDir Path folder) throws Exception {
    try (Receiver receiver = Receiver.start()) {
      int port = freePort();
      Client anybody =
          new Client(HttpClient.newHttpClient(), "http://127.0.0.1:" + port, List.of());
      Process first = start(folder, port);
      Client asha = loggedIn(anybody);
      Answer webhook = Webhooks.create(asha, receiver.url());
      receiver.hangs();
      String task = Tasks.message(asha, "What is a median?");
      receiver.await(1);
      first.destroyForcibly().waitFor();

      Process second = start(folder, port);
      try {
        await().atMost(TestServer.PATIENCE).until(() -> ready(anybody));
        Webhooks.awaitDelivery(asha, webhook, "completed");
        List<Receiver.Message> messages = receiver.await(2);

        assertThat(messages).hasSize(2);
        assertThat(messages.get(1).id()).isEqualTo(messages.get(0).id());
        assertThat(messages.get(1).body()).isEqualTo(messages.get(0).body());
        assertThat(messages.get(1).json().path("data").path("id").asString("")).isEqualTo(task);
        messages.forEach(message -> Webhooks.verify(message, webhook.text("secret")));
      } finally {
        second.destroy();
        assertThat(second.waitFor()).isIn(0, 143);
      }
    }
  }

  private static Process start(Path folder, int port) throws IOException {
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
            "--handoff.webhooks.allow-http=true",
            "--handoff.webhooks.allow-private-addresses=true")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
        .start();
  }

  private static Client loggedIn(Client anybody) {
    await().atMost(TestServer.PATIENCE).until(() -> ready(anybody));
    Answer login =
        anybody.post(
            "/api/auth/login/", "{\"username\":\"asha@demo.test\",\"password\":\"handoff\"}");
    return anybody.bearing(login.text("access"));
  }

  private static boolean ready(Client anybody) {
    try {
      return anybody.get("/actuator/health/readiness").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
