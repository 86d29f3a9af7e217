package dev.handoff.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What prompt generation forgets, and what it does without a worker and without an AI.
@OnBothStores
final class PromptTimesTest {
  @Test
  void aPromptCanBeAskedForTenMinutes(@TempDir Path folder) {
    TestClock clock = TestClock.atNine();
    try (TestServer server = TestServer.startAt(clock, folder, "handoff.demo=true")) {
      Client owner = server.as("owner@demo.test");
      String task = Prompts.start(owner, "bakery; open 8-17; tel 555; we speak French");
      HttpAnswer done = Prompts.awaitStatus(owner, task, "completed");

      assertThat(done.json().path("generated_by_ai").asBoolean(true)).isFalse();
      assertThat(done.text("message"))
          .isEqualTo("Prompt generated (AI unavailable, using fallback)");
      assertThat(done.text("warning"))
          .isEqualTo("No AI is connected to this server: your notes were arranged by fixed rules");
      assertThat(done.text("prompt"))
          .startsWith("You are the assistant of a restaurant.")
          .contains("## Contact\n- tel 555")
          .contains("## Opening hours\n- open 8-17")
          .contains("## Tone\n- we speak French")
          .contains("## What we offer\n- bakery");
      assertThat(Prompts.tokens(owner)).isEqualTo(100_000);

      clock.advance(Duration.ofSeconds(599));
      assertThat(Prompts.poll(owner, task).status()).isEqualTo(200);
      clock.advance(Duration.ofSeconds(2));
      PromptGenerationTest.assertNotFound(Prompts.poll(owner, task));
    }
  }

  @Test
  void withoutAWorkerItStaysQueuedAndIsForgottenAndNeverPaidFor(@TempDir Path folder) {
    TestClock clock = TestClock.atNine();
    String task;
    try (TestServer alone =
        TestServer.startAt(clock, folder, "handoff.demo=true", "handoff.role=api")) {
      Client owner = alone.as("owner@demo.test");
      task = Prompts.start(owner, "bakery");
      assertThat(Prompts.poll(owner, task).body())
          .startsWith(
              """
              {"status":"queued","progress":0,"message":"Task queued, waiting to start...",\
              "created_at":\
              """);
      // Who waits on the line is served all the same.
      assertThat(owner.post(Prompts.NOW, Prompts.body("bakery")).status()).isEqualTo(200);

      clock.advance(Duration.ofSeconds(599));
      assertThat(Prompts.poll(owner, task).text("status")).isEqualTo("queued");
      clock.advance(Duration.ofSeconds(2));
      PromptGenerationTest.assertNotFound(Prompts.poll(owner, task));
    }

    try (TestServer worker = TestServer.startAt(clock, folder, "handoff.demo=true")) {
      Client owner = worker.as("owner@demo.test");
      org.awaitility.Awaitility.await()
          .until(
              () -> owner.get("/api/v1/tasks/" + task).text("state"),
              state -> state.equals("cancelled"));
      assertThat(Prompts.tokens(owner)).isEqualTo(100_000);
    }
  }
}
