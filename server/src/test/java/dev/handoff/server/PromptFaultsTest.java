package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// What prompt generation says and does when the server itself is at fault: here, because a table
/// is not where it was.
@OnBothStores
final class PromptFaultsTest {
  private static final String UNEXPLAINED =
      "The work stopped because of an unexpected error. Please try again later.";

  @TempDir private Path folder;

  private static void rename(TestServer server, String from, String to) {
    var _ = server.bean(JdbcClient.class).sql("alter table " + from + " rename to " + to).update();
  }

  @Test
  void eachCallHasItsWords() {
    try (TestServer server = TestServer.start(folder, "handoff.demo=true", "handoff.role=api")) {
      Client owner = server.as("owner@demo.test");
      String task = Prompts.start(owner, "bakery");
      rename(server, "handoff_task", "elsewhere");

      assertThat(owner.post(Prompts.START, Prompts.body("bakery")))
          .returns(500, HttpAnswer::status)
          .returns(
              json("{'success':false,'message':'Failed to start prompt generation'}"),
              HttpAnswer::body);
      assertThat(Prompts.poll(owner, task))
          .returns(500, HttpAnswer::status)
          .returns(json("{'status':'error','message':'Failed to check status'}"), HttpAnswer::body);
      assertThat(owner.post(Prompts.NOW, Prompts.body("bakery")))
          .returns(500, HttpAnswer::status)
          .returns(
              json("{'success':false,'message':'Failed to generate prompt'}"), HttpAnswer::body);

      rename(server, "elsewhere", "handoff_task");
      assertThat(Prompts.poll(owner, task).text("status")).isEqualTo("queued");
    }
  }

  @Test
  void aFaultIsTriedAgainTwiceThirtySecondsApartAndToldAtTheEndOnly() {
    TestClock clock = TestClock.atNine();
    try (TestServer server = TestServer.startAt(clock, folder, "handoff.demo=true")) {
      Client owner = server.as("owner@demo.test");
      rename(server, "subscription", "elsewhere");
      String task = Prompts.start(owner, "bakery");

      for (int attempt = 1; attempt <= 2; attempt++) {
        awaitWaitingAfter(attempt, owner, task);
        HttpAnswer between = Prompts.poll(owner, task);
        assertThat(between.text("status")).isEqualTo("processing");
        assertThat(between.text("message")).isEqualTo("Checking tokens...");
        clock.advance(Duration.ofMillis(29_999));
        assertThat(owner.get("/api/v1/tasks/" + task).json().path("attempt").asInt())
            .isEqualTo(attempt);
        clock.advance(Duration.ofMillis(1));
      }

      HttpAnswer failed = Prompts.awaitStatus(owner, task, "failed");
      assertThat(failed.body())
          .isEqualTo(
              """
              {"status":"failed","progress":100,"message":"Failed to generate prompt: %1$s",\
              "error":"%1$s","error_code":"generation_failed","created_at":"%2$s"}\
              """
                  .formatted(UNEXPLAINED, failed.text("created_at")));
      assertThat(owner.get("/api/v1/tasks/" + task).json().path("attempt").asInt()).isEqualTo(3);
      rename(server, "elsewhere", "subscription");
      assertThat(Prompts.tokens(owner)).isEqualTo(100_000);
      assertThat(Prompts.reserved(owner)).isZero();
    }
  }

  private static void awaitWaitingAfter(int attempt, Client owner, String task) {
    await()
        .until(
            () -> owner.get("/api/v1/tasks/" + task).json(),
            seen ->
                seen.path("attempt").asInt() == attempt
                    && seen.path("state").asString("").equals("queued"));
  }

  @Test
  void whoeverWaitsOnTheLineIsToldOfAFaultToo() {
    try (TestServer server =
        TestServer.start(
            folder, "handoff.demo=true", "handoff.systems.prompt-generation.retry-wait=10ms")) {
      Client owner = server.as("owner@demo.test");
      rename(server, "subscription", "elsewhere");

      assertThat(owner.post(Prompts.NOW, Prompts.body("bakery")))
          .returns(500, HttpAnswer::status)
          .returns(
              json("{'success':false,'message':'Failed to generate prompt'}"), HttpAnswer::body);
    }
  }

  @Test
  void withoutItsUserATaskFailsAtOnce() {
    TaskId task;
    try (TestServer front = TestServer.start(folder, "handoff.demo=true", "handoff.role=api")) {
      Client owner = front.as("nosub@demo.test");
      task = TaskId.parse(Prompts.start(owner, "bakery")).orElseThrow();
      var _ =
          front
              .bean(JdbcClient.class)
              .sql("delete from user_account where email = 'nosub@demo.test'")
              .update();
    }
    try (TestServer worker = TestServer.start(folder)) {
      Handoff handoff = worker.bean(Handoff.class);
      Task ended = await().until(() -> handoff.find(task).orElseThrow(), Task::isTerminal);

      assertThat(ended.state())
          .isInstanceOfSatisfying(
              TaskState.Failed.class,
              failed -> assertThat(failed.failure().message()).isEqualTo("User not found"));
      assertThat(ended.activity().attempt()).isEqualTo(1);
    }
  }

  @Test
  void aPromptIsSavedByItsOwnerOnly() {
    try (TestServer server = TestServer.start(folder, "handoff.demo=true")) {
      Client owner = server.as("owner@demo.test");
      String path = Prompts.CALLS + "/ai-prompts/";
      assertThat(owner.get(path).body())
          .isEqualTo(json("{'manual_prompt':null,'updated_at':null}"));
      String task = Prompts.start(owner, "bakery");
      Prompts.awaitStatus(owner, task, "completed");
      assertThat(owner.get(path).json().path("manual_prompt").isNull())
          .as("nothing is saved by itself")
          .isTrue();

      HttpAnswer saved = put(owner, path, " You sell bread. ");

      assertThat(saved.status()).isEqualTo(200);
      assertThat(saved.text("manual_prompt")).isEqualTo("You sell bread.");
      assertThat(put(owner, path, "You sell cake.").status()).isEqualTo(200);
      JsonNode kept = owner.get(path).json();
      assertThat(kept.path("manual_prompt").asString("")).isEqualTo("You sell cake.");
      assertThat(kept.path("updated_at").asString("")).endsWith("Z");
      assertThat(server.as("low@demo.test").get(path).json().path("manual_prompt").isNull())
          .isTrue();
      assertThat(put(owner, path, " ").text("message")).isEqualTo("manual_prompt is required");
      assertThat(put(owner, path, "x".repeat(20_001)).status()).isEqualTo(400);
      assertThat(owner.get(Prompts.CALLS + "/subscription/").json().path("plan").toString())
          .isEqualTo(json("{'name':'Monthly','tokens_included':100000,'duration_days':30}"));
    }
  }

  private static HttpAnswer put(Client client, String path, String prompt) {
    byte[] body = Prompts.body(prompt).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return client.call("PUT", path, "application/json", body);
  }
}
