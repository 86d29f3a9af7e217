package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import dev.handoff.testing.model.ScriptedModelServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers with other settings than the shared one.
final class OwnServersTest {
  private static final String READY = "/actuator/health/readiness";

  @Test
  void withoutAWorkerTheRequestDoesTheWorkAndTheNextStartRemembersEverything(@TempDir Path folder) {
    String done;
    try (TestServer alone = TestServer.start(folder, "handoff.demo=true", "handoff.role=api")) {
      Client asha = alone.as("asha@demo.test");
      done = Tasks.message(asha, "What is a median?");
      HttpAnswer answer = Tasks.poll(asha, done);
      assertThat(answer.text("status")).isEqualTo("completed");
      assertThat(answer.json().path("generated_by_ai").asBoolean(true)).isFalse();
      assertThat(Tasks.poll(asha, Tasks.question(asha, "linear equations")).text("status"))
          .isEqualTo("completed");
    }

    try (ScriptedModelServer model = ScriptedModelServer.start();
        TestServer plain =
            TestServer.start(
                folder,
                "handoff.demo=true",
                "handoff.ai.provider=openai",
                "handoff.worker.drain=100ms",
                "handoff.systems.sat-buddy.result-ttl=1s",
                "handoff.ops.payloads=false",
                "handoff.streams.per-node=1",
                "handoff.ai.base-url=" + model.baseUrl())) {
      Client asha = plain.as("asha@demo.test");
      assertThat(Tasks.poll(asha, done).text("status")).isEqualTo("completed");

      String held = TextTasks.submit(asha, TextTasks.later(""));
      assertThat(plain.as("admin@demo.test").get("/api/v1/ops/tasks/" + held + "/request").status())
          .as("payloads are switched off")
          .isEqualTo(404);

      String shortLived = Tasks.message(asha, "soon forgotten");
      Tasks.awaitStatus(asha, shortLived, "completed");
      assertThat(Tasks.awaitStatus(asha, shortLived, "not_found").status()).isEqualTo(404);
      assertThat(asha.get("/api/v1/tasks/" + shortLived).status()).isEqualTo(404);

      Gate gate = Gate.closed();
      model.enqueue(ModelScript.hang(gate));
      String running = Tasks.message(asha, "still running");
      try (Listener listener = new Listener(asha, running, "")) {
        listener.hear("attemptStarted");
        HttpAnswer full = asha.get("/api/v1/tasks/" + running + "/events");
        assertThat(full.status()).isEqualTo(503);
        assertThat(full.text("type")).isEqualTo("urn:handoff:problem:no-stream-free");
        assertThat(full.header("retry-after")).isEqualTo("5");
        long begun = System.nanoTime();
        plain.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(listener.hearToTheEnd()).doesNotContain("taskFailed");
      }
    }
  }

  @Test
  void withoutAKeyNothingIsHandedOff(@TempDir Path folder) throws InterruptedException {
    try (TestServer keyless =
        TestServer.start(
            folder,
            "handoff.demo=true",
            "handoff.ai.provider=openai",
            "handoff.shutdown.notice=30s")) {
      Client asha = keyless.as("asha@demo.test");

      for (HttpAnswer answer :
          new HttpAnswer[] {
            asha.post("/ai/generate-question/", json("{'topic':'algebra'}")),
            asha.post("/ai/chat/message/", json("{'message':'hi'}"))
          }) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body())
            .isEqualTo(json("{'success':false,'error':'Gemini API key not configured.'}"));
      }
      assertThat(asha.post("/ai/generate-question/", json("{'topic':''}")).status()).isEqualTo(400);
      answersWhileItsEndIsNear(keyless);
    }
  }

  private static void answersWhileItsEndIsNear(TestServer server) throws InterruptedException {
    Client asha = server.as("asha@demo.test");
    Client anybody = server.anybody();
    assertThat(anybody.get(READY).status()).isEqualTo(200);
    assertThat(asha.get("/api/auth/me/").header("connection")).isEqualTo("");
    Thread ending = Thread.ofVirtual().start(server::stop);
    try {
      await().until(() -> anybody.get(READY).status() == 503);
      HttpAnswer last =
          await()
              .until(
                  () -> asha.get("/api/auth/me/"),
                  answer -> answer.header("connection").equals("close"));
      assertThat(last.status()).isEqualTo(200);
      assertThat(ending.isAlive()).isTrue();
    } finally {
      // The rest of the notice is cut short.
      ending.interrupt();
    }
    ending.join();
    assertThatThrownBy(() -> anybody.get(READY)).isInstanceOf(UncheckedIOException.class);
  }
}
