package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@OnBothStores
final class BatchTest {
  private static final String BATCHES = "/api/v1/batches";
  private static final String PROBLEM = "urn:handoff:problem:";

  private final TestServer server = TestServer.shared();
  private final Client ben = server.as("ben@demo.test");

  private static String batch(String mode, String... tasks) {
    return "{\"mode\":\"" + mode + "\",\"tasks\":[" + String.join(",", tasks) + "]}";
  }

  private static String[] later(int count) {
    return Collections.nCopies(count, TextTasks.later("")).toArray(String[]::new);
  }

  @Test
  void isSubmittedFollowedAndFinished() {
    HttpAnswer taken =
        ben.post(BATCHES, batch("atomic", TextTasks.body(), TextTasks.body(), TextTasks.body()));

    assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
    assertThat(taken.header("location")).isEqualTo(BATCHES + "/" + taken.text("id"));
    assertThat(taken.json().path("tasks")).hasSize(3);
    String place = taken.header("location");
    await().until(() -> ben.get(place).json().path("finished").asBoolean());
    JsonNode done = ben.get(place).json();
    assertThat(done.path("total").asInt()).isEqualTo(3);
    assertThat(done.path("counts").toString())
        .isEqualTo(
            """
            {"queued":0,"processing":0,"completed":3,"failed":0,"cancelled":0,"expired":0}\
            """);
    for (int i = 0; i < 3; i++) {
      JsonNode task = done.path("tasks").path(i);
      assertThat(task.path("id")).isEqualTo(taken.json().path("tasks").path(i).path("id"));
      assertThat(task.path("state").asString()).isEqualTo("completed");
    }
  }

  @Test
  void atomicMeansAllOrNone() {
    String wrong = json("{'type':'text','request':{'input':7}}");
    int before = ben.get(TextTasks.TASKS + "?limit=200").json().path("tasks").size();

    HttpAnswer refused =
        ben.post(
            BATCHES,
            batch("atomic", TextTasks.body(), wrong, json("{'type':'none','request':1}"), "[]"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("type")).isEqualTo(PROBLEM + "invalid-payload");
    JsonNode errors = refused.json().path("errors");
    assertThat(errors.path(0).path("index").asInt()).isEqualTo(1);
    assertThat(errors.path(0).path("pointer").asString()).isEqualTo("/request/input");
    assertThat(errors.path(1).path("index").asInt()).isEqualTo(2);
    assertThat(errors.path(1).path("pointer").asString()).isEqualTo("/type");
    assertThat(errors.path(2).path("index").asInt()).isEqualTo(3);
    assertThat(ben.get(TextTasks.TASKS + "?limit=200").json().path("tasks")).hasSize(before);
  }

  @Test
  void eachByItselfTellsWhatBecameOfIt() {
    String wrong = json("{'type':'text','request':{'input':7}}");

    HttpAnswer taken =
        ben.post(
            BATCHES, batch("each", wrong, TextTasks.body(), json("{'type':'none','request':1}")));

    assertThat(taken.status()).isEqualTo(202);
    JsonNode tasks = taken.json().path("tasks");
    assertThat(tasks.path(0).path("problem").path("type").asString())
        .isEqualTo(PROBLEM + "invalid-payload");
    assertThat(tasks.path(0).path("problem").path("errors").path(0).path("pointer").asString())
        .isEqualTo("/request/input");
    assertThat(tasks.path(0).has("id")).isFalse();
    assertThat(tasks.path(1).path("id").asString()).hasSize(36);
    assertThat(tasks.path(1).has("problem")).isFalse();
    assertThat(tasks.path(2).path("problem").path("types").toString()).isEqualTo(json("['text']"));
    JsonNode seen = ben.get(taken.header("location")).json();
    assertThat(seen.path("total").asInt()).isEqualTo(1);
    assertThat(seen.path("tasks").path(0).path("id")).isEqualTo(tasks.path(1).path("id"));
  }

  @Test
  void theSameBatchIsAnsweredAgainAndNotDoneAgain() {
    Client keyed = ben.with("Idempotency-Key", UUID.randomUUID().toString());
    String body = batch("each", TextTasks.body(), "7");

    HttpAnswer first = keyed.post(BATCHES, body);
    HttpAnswer again = keyed.post(BATCHES, body);

    assertThat(first.status()).isEqualTo(202);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.header("idempotent-replay")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(keyed.post(BATCHES, batch("each", TextTasks.body())).text("type"))
        .isEqualTo(PROBLEM + "idempotency-mismatch");
  }

  @Test
  void aThousandAreTakenAndCancelledButNotMore() {
    Client many = server.as("exact@demo.test");
    HttpAnswer refused = many.post(BATCHES, batch("atomic", later(1001)));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").path(0).path("pointer").asString())
        .isEqualTo("/tasks");

    HttpAnswer taken = many.post(BATCHES, batch("atomic", later(1000)));
    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.header("ratelimit")).startsWith("\"submits\";r=0;");
    String place = taken.header("location");
    assertThat(many.get(place).json().path("counts").path("queued").asInt()).isEqualTo(1000);
    assertThat(many.post(BATCHES, batch("atomic", later(1))).status()).isEqualTo(429);
    assertThat(many.post(TextTasks.TASKS, TextTasks.body()).status()).isEqualTo(429);

    JsonNode cancelled = many.post(place + "/cancel").json();
    assertThat(cancelled.path("counts").path("cancelled").asInt()).isEqualTo(1000);
    assertThat(cancelled.path("finished").asBoolean()).isTrue();
  }

  @Test
  void aBatchIsItsOwnersAlone() {
    HttpAnswer taken = ben.post(BATCHES, batch("each", TextTasks.later("")));
    Client asha = server.as("asha@demo.test");
    List<String> ids = new ArrayList<>(List.of(taken.text("id"), "x", "x".repeat(3000)));
    ids.add(UUID.randomUUID().toString());

    for (String id : ids) {
      HttpAnswer seen = asha.get(BATCHES + "/" + id);
      assertThat(seen.status()).isEqualTo(404);
      assertThat(seen.text("type")).isEqualTo(PROBLEM + "batch-not-found");
      assertThat(asha.post(BATCHES + "/" + id + "/cancel").status()).isEqualTo(404);
    }
    assertThat(
            ben.get(BATCHES + "/" + taken.text("id")).json().path("counts").path("queued").asInt())
        .isEqualTo(1);
    assertThat(ben.post(BATCHES + "/" + taken.text("id") + "/cancel").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []|/mode
          {}|/mode
          {"mode":"some","tasks":[1]}|/mode
          {"mode":7,"tasks":[1]}|/mode
          {"mode":"each","tasks":{}}|/tasks
          {"mode":"each","tasks":[]}|/tasks
          {"mode":"each","tasks":[1],"more":1}|``
          """)
  void whatIsNoBatchIsRefused(String body, String pointer) {
    HttpAnswer refused = ben.post(BATCHES, body);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
    assertThat(refused.json().path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
  }
}
