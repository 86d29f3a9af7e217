package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.PostgresServer.Durability;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database goes away and comes back while the server runs.
final class DatabaseOutageTest {
  private static final byte[] GIF = "GIF89a and so on".getBytes(StandardCharsets.US_ASCII);
  private static final String READY = "/actuator/health/readiness";

  @Test
  void saysSoEverywhereAndGoesOnByItself(@TempDir Path folder) throws Exception {
    try (PostgresServer server = PostgresServer.own(Durability.UNSYNCED)) {
      TestDatabase database = server.newDatabase();
      try (ScriptedModelServer model = ScriptedModelServer.start();
          TestServer app =
              TestServer.start(
                  folder,
                  database,
                  "handoff.demo=true",
                  "handoff.lease.length=60s",
                  "handoff.ai.provider=openai",
                  "handoff.ai.base-url=" + model.baseUrl(),
                  "handoff.ai.api-key=" + ScriptedModelServer.KEY);
          ServerLogs logs = new ServerLogs()) {
        Client anybody = app.anybody();
        Client asha = app.as("asha@demo.test");
        String task = Tasks.message(asha, "What is a median?");
        Tasks.awaitStatus(asha, task, "completed");
        assertThat(anybody.get(READY).status()).isEqualTo(200);

        Gate gate = Gate.closed();
        model.enqueue(ModelScript.streamed(gate, "one ", "two ", "three"));
        String live = Tasks.message(asha, SatBuddyTest.unique("live"));
        Listener listener = new Listener(asha, live, "");
        gate.pass();
        listener.hear("\"one \"");

        server.stop();

        String api = "/api/v1/tasks/" + task;
        String login = json("{'username':'asha@demo.test','password':'handoff'}");
        List<Callable<HttpAnswer>> calls =
            List.of(
                () -> asha.get(api),
                () -> asha.get(api + "/events"),
                () -> asha.post(api + "/cancel"),
                () -> Tasks.poll(asha, task),
                () -> asha.post("/ai/chat/message/", json("{'message':'hi'}")),
                () -> asha.upload("/ai/upload-image/", "image", "a.gif", GIF),
                () -> asha.get("/media/sat-buddy/x.gif"),
                () -> asha.get("/api/auth/me/"),
                () -> anybody.post("/api/auth/login/", login),
                () -> anybody.post("/api/auth/refresh/", json("{'refresh':'x'}")),
                () -> anybody.post("/api/auth/logout/", json("{'refresh':'x'}")));
        for (HttpAnswer answer : together(calls)) {
          String asked = answer.response().uri().getPath();
          assertThat(answer.status()).as(asked + " " + answer).isEqualTo(503);
          assertThat(answer.header("retry-after")).as(asked).isEqualTo("1");
          assertThat(answer.body())
              .as(asked)
              .contains(asked.startsWith("/api/v1/") ? "problem:unavailable" : "try again shortly");
        }
        for (int i = 0; i < 3; i++) {
          long begun = System.nanoTime();
          assertThat(anybody.get(READY).status()).isEqualTo(503);
          assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        }
        assertThat(anybody.get("/actuator/health/liveness").status()).isEqualTo(200);

        gate.pass();
        server.startAgain();

        await().until(() -> anybody.get(READY).status() == 200);
        assertThat(anybody.post("/api/auth/login/", login).status()).isEqualTo(200);
        assertThat(Tasks.poll(asha, task).text("status")).isEqualTo("completed");
        Tasks.awaitStatus(asha, Tasks.message(asha, "What is a mean?"), "completed");
        gate.openForAll();
        assertThat(listener.hear("event: taskCompleted")).contains("\"two ");
        assertThat(asha.get("/api/v1/tasks/" + live).json().path("attempt").asInt()).isEqualTo(1);
        listener.close();
        await().until(() -> logs.lines(Level.INFO).toString().contains("database is back"));
        assertThat(logs.lines(Level.WARN))
            .as("one line, however many calls failed, and one for each service of the engine")
            .filteredOn(line -> !line.contains("service waits for the store"))
            // Another test's insights may still be made by the server that this process shares.
            .filteredOn(line -> !line.contains("fell back to rules"))
            .singleElement()
            .asString()
            .contains("cannot be reached");
      }
    }
  }

  private static List<HttpAnswer> together(List<Callable<HttpAnswer>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpAnswer>> answers = threads.invokeAll(calls);
      List<HttpAnswer> all = new ArrayList<>();
      for (Future<HttpAnswer> answer : answers) {
        all.add(answer.get());
      }
      return all;
    }
  }
}
