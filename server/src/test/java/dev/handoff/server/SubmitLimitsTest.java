package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with a small quota, short connections and no model.
@OnBothStores
final class SubmitLimitsTest {
  private static final TestServer SERVER =
      TestServer.start(
          TestServer.temporaryFolder(),
          "handoff.demo=true",
          "handoff.api.submits-per-minute=3",
          "server.jetty.connection-idle-timeout=1s");

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @Test
  void anOwnerSubmitsOnlySoManyButReadsOn() {
    Client asha = SERVER.as("asha@demo.test");
    Client keyed = asha.with("Idempotency-Key", "first");
    String body = TextTasks.body();
    HttpAnswer first = keyed.post(TextTasks.TASKS, body);
    assertThat(first.header("ratelimit-policy")).isEqualTo("\"submits\";q=3;w=60");
    assertThat(first.header("ratelimit")).isEqualTo("\"submits\";r=2;t=20");
    assertThat(asha.post(TextTasks.TASKS, "{}").status()).isEqualTo(422);
    TextTasks.submit(asha, TextTasks.body());
    TextTasks.submit(asha, TextTasks.body());

    HttpAnswer refused = asha.post(TextTasks.TASKS, TextTasks.body());

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text("type")).isEqualTo("urn:handoff:problem:quota-exceeded");
    assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 20);
    assertThat(refused.header("ratelimit")).startsWith("\"submits\";r=0;");
    assertThat(refused.json().path("violated-policies").toString()).isEqualTo(json("['submits']"));
    assertThat(asha.get(first.header("location")).status()).isEqualTo(200);
    assertThat(asha.get(TextTasks.TASKS).json().path("tasks")).hasSize(3);
    HttpAnswer replay = keyed.post(TextTasks.TASKS, body);
    assertThat(replay.status()).isEqualTo(202);
    assertThat(replay.text("id")).isEqualTo(first.text("id"));
    assertThat(SERVER.as("ben@demo.test").post(TextTasks.TASKS, TextTasks.body()).status())
        .isEqualTo(202);
  }

  @Test
  void withoutAModelTheTextIsAnExtractAndSaysSo() {
    Client low = SERVER.as("low@demo.test");

    HttpAnswer done =
        low.with("Prefer", "wait=30")
            .post(
                TextTasks.TASKS, TextTasks.body("Bees live in colonies. A colony has one queen."));

    assertThat(done.status()).as(done.toString()).isEqualTo(200);
    assertThat(done.json().path("result").path("generated_by_ai").asBoolean(true)).isFalse();
    assertThat(done.json().path("result").path("text").asString())
        .isEqualTo(
            "Without an AI model, the text in its own sentences:\n\n"
                + "Bees live in colonies. A colony has one queen.");
  }

  @Test
  void aWaitMayBeLongerThanAnIdleConnection() {
    Client zero = SERVER.as("zero@demo.test");

    HttpAnswer waited = zero.with("Prefer", "wait=4").post(TextTasks.TASKS, TextTasks.later(""));

    assertThat(waited.status()).isEqualTo(202);
    assertThat(waited.header("preference-applied")).isEqualTo("wait=4");
  }

  @Test
  void waitingRequestsDoNotHoldUpTheEnd(@TempDir Path folder) {
    TestServer server = TestServer.start(folder, "handoff.demo=true");
    Client asha = server.as("asha@demo.test");
    String task = TextTasks.submit(asha, TextTasks.later(""));
    CompletableFuture<HttpAnswer> waiting =
        CompletableFuture.supplyAsync(
            () -> asha.with("Prefer", "wait=29").get(TextTasks.TASKS + "/" + task));
    await().until(() -> server.bean(Handoff.class).status().followers() == 1);
    long begun = System.nanoTime();

    server.stop();

    assertThat(System.nanoTime() - begun).isLessThan(15_000_000_000L);
    assertThat(waiting.join().text("state")).isEqualTo("queued");
  }

  @Test
  void anUnknownOpenTypeStopsTheStart(@TempDir Path folder) {
    assertThatThrownBy(() -> TestServer.start(folder, "handoff.api.open-types=text,txet"))
        .rootCause()
        .hasMessageContaining("handoff.api.open-types names 'txet'");
  }
}
