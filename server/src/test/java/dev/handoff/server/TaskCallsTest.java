package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What can be asked of one task, and done with it.
@OnBothStores
final class TaskCallsTest {
  private static final String PROBLEM = "urn:handoff:problem:";

  private final TestServer server = TestServer.shared();
  private final Client asha = server.as("asha@demo.test");
  private final Client ben = server.as("ben@demo.test");

  private static String at(String task) {
    return TextTasks.TASKS + "/" + task;
  }

  @Test
  void aTaskThatHasNotChangedIsNotSentAgain() {
    String task = TextTasks.submit(asha, TextTasks.later(""));
    String etag = asha.get(at(task)).header("etag");
    assertThat(etag).matches("\"[0-9]+\"");

    for (String known : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
      HttpAnswer same = asha.with("If-None-Match", known).get(at(task));
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(same.header("etag")).isEqualTo(etag);
    }
    assertThat(asha.with("If-None-Match", "\"x\"").get(at(task)).status()).isEqualTo(200);
    assertThat(ben.with("If-None-Match", "*").get(at(task)).status()).isEqualTo(404);
    assertThat(asha.post(at(task) + "/cancel").status()).isEqualTo(200);
    HttpAnswer changed = asha.with("If-None-Match", etag).get(at(task));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("etag")).isNotEqualTo(etag);
  }

  @Test
  void aCompressedTaskHasAVersionToo() {
    TestServer.model().enqueue(ModelScript.answer("long ".repeat(1000)));
    String task = TextTasks.submit(asha, TextTasks.body());
    TextTasks.await(asha, task, "completed");
    Client zipped = asha.with("Accept-Encoding", "gzip");

    HttpAnswer sent = zipped.get(at(task));

    assertThat(sent.header("content-encoding")).isEqualTo("gzip");
    HttpAnswer same = zipped.with("If-None-Match", sent.header("etag")).get(at(task));
    assertThat(same.status()).isEqualTo(304);
  }

  @Test
  void waitsForTheEndOfATask() {
    String task = TextTasks.submit(asha, TextTasks.later(""));
    CompletableFuture<HttpAnswer> waiting =
        CompletableFuture.supplyAsync(() -> asha.with("Prefer", "wait=20").get(at(task)));
    await().until(() -> asha.post(at(task) + "/cancel").status() == 200);

    HttpAnswer ended = waiting.join();

    assertThat(ended.status()).isEqualTo(200);
    assertThat(ended.text("state")).isEqualTo("cancelled");
    assertThat(ended.header("preference-applied")).isEqualTo("wait=20");
  }

  @Test
  void aResultIsGivenBareOrNotAtAll() {
    TestServer.model().enqueue(ModelScript.answer("four"));
    String done = TextTasks.submit(asha, TextTasks.body());
    HttpAnswer result = asha.with("Prefer", "wait=30").get(at(done) + "/result");
    assertThat(result.status()).as(result.toString()).isEqualTo(200);
    assertThat(result.body()).isEqualTo(json("{'text':'four','generated_by_ai':true}"));

    String open = TextTasks.submit(asha, TextTasks.later(""));
    HttpAnswer early = asha.get(at(open) + "/result");
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.text("type")).isEqualTo(PROBLEM + "not-finished");
    assertThat(early.header("retry-after")).isEqualTo("1");

    assertThat(asha.post(at(open) + "/cancel").status()).isEqualTo(200);
    HttpAnswer cancelled = asha.get(at(open) + "/result");
    assertThat(cancelled.status()).isEqualTo(409);
    assertThat(cancelled.text("type")).isEqualTo(PROBLEM + "task-cancelled");
    assertThat(ben.get(at(done) + "/result").status()).isEqualTo(404);
  }

  @Test
  void aFailedTaskIsTriedAgainByRequest() {
    TestServer.model().enqueue(ModelScript.unauthorized());
    String task = TextTasks.submit(asha, TextTasks.body());
    TextTasks.await(asha, task, "failed");
    HttpAnswer failed = asha.get(at(task) + "/result");
    assertThat(failed.status()).isEqualTo(409);
    assertThat(failed.text("type")).isEqualTo(PROBLEM + "task-failed");
    assertThat(failed.json().path("error").path("code").asString()).isEqualTo("misconfigured");

    assertThat(ben.post(at(task) + "/retry").status()).isEqualTo(404);
    HttpAnswer retried = asha.post(at(task) + "/retry");
    assertThat(retried.status()).isEqualTo(200);
    assertThat(retried.text("state")).isNotEqualTo("failed");
    TextTasks.await(asha, task, "completed");
    HttpAnswer again = asha.post(at(task) + "/retry");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("type")).isEqualTo(PROBLEM + "not-failed");
  }

  @Test
  void eventsAreReadAsJsonPageByPage() {
    TestServer.model().enqueue(ModelScript.streamed(Gate.open(), "one ", "two"));
    String task = TextTasks.submit(asha, TextTasks.body());
    TextTasks.await(asha, task, "completed");
    Client json = asha.with("Accept", "application/json");

    JsonNode all = json.get(at(task) + "/events").json();

    int count = all.path("events").size();
    assertThat(all.path("last").asInt()).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      assertThat(all.path("events").path(i).path("seq").asInt()).isEqualTo(i + 1);
    }
    assertThat(all.path("events").path(count - 1).path("type").asString())
        .isEqualTo("taskCompleted");
    JsonNode rest = json.get(at(task) + "/events?after=2&wait=60").json();
    assertThat(rest.path("events").path(0).path("seq").asInt()).isEqualTo(3);
    JsonNode none = json.get(at(task) + "/events?wait=60&after=" + count).json();
    assertThat(none.path("events")).isEmpty();
    assertThat(none.path("last").asInt()).isEqualTo(count);
    assertThat(ben.with("Accept", "application/json").get(at(task) + "/events").status())
        .isEqualTo(404);
  }

  @Test
  void aLongPollWaitsForTheNextEvent() {
    String task = TextTasks.submit(asha, TextTasks.later(""));
    Client json = asha.with("Accept", "application/json");
    assertThat(json.get(at(task) + "/events?after=1&wait=1").json().path("events")).isEmpty();

    CompletableFuture<HttpAnswer> waiting =
        CompletableFuture.supplyAsync(() -> json.get(at(task) + "/events?after=1&wait=20"));
    await().until(() -> asha.post(at(task) + "/cancel").status() == 200);

    JsonNode news = waiting.join().json();
    assertThat(news.path("events").path(0).path("type").asString()).isEqualTo("taskCancelled");
    assertThat(news.path("last").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=61", "wait=-1", "wait=x", "wait=", "wait=99999999999", "after=x"})
  void whatIsNoTimeToWaitIsRefused(String query) {
    String task = TextTasks.submit(asha, TextTasks.later(""));

    HttpAnswer refused = asha.with("Accept", "application/json").get(at(task) + "/events?" + query);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(asha.post(at(task) + "/cancel").status()).isEqualTo(200);
  }
}
