package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.model.ModelScript;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Tasks of all owners, as an operator sees them.
@OnBothStores
final class OperatedTasksTest {
  private static final String TASKS = "/api/v1/ops/tasks";

  private final TestServer server = TestServer.shared();
  private final Client admin = server.as("admin@demo.test");
  private final Client asha = server.as("asha@demo.test");
  private final Client noor = server.as("458@school1.test");
  private final String subject = "about-" + UUID.randomUUID();

  private String waiting(Client owner) {
    return TextTasks.submit(owner, TextTasks.later(json(",'subject':'%s'", subject)));
  }

  private List<String> found(String query) {
    HttpAnswer answer = admin.get(TASKS + "?subject=" + subject + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("tasks").valueStream().map(OperatedTasksTest::id).toList();
  }

  private static String id(JsonNode task) {
    return task.path("id").asString("");
  }

  @Test
  void tasksOfAllOwnersAreFoundByWhatIsKnownOfThem() {
    String first = waiting(asha);
    String second = waiting(noor);
    String owner = noor.get("/api/auth/me/").text("id");
    assertThat(asha.post("/api/v1/tasks/" + first + "/cancel").status()).isEqualTo(200);

    assertThat(found("")).containsExactly(second, first);
    assertThat(found("&state=queued,failed")).containsExactly(second);
    assertThat(found("&state=cancelled")).containsExactly(first);
    assertThat(found("&tenant=school-1")).containsExactly(second);
    assertThat(found("&owner=" + owner)).containsExactly(second);
    assertThat(found("&type=text")).containsExactly(second, first);
    assertThat(found("&type=other")).isEmpty();
    JsonNode line = admin.get(TASKS + "?subject=" + subject + "&limit=1").json();
    assertThat(id(line.path("tasks").path(0))).isEqualTo(second);
    assertThat(line.path("tasks").path(0).path("owner").asString("")).isEqualTo(owner);
    assertThat(line.path("tasks").path(0).path("tenant").asString("")).isEqualTo("school-1");
    assertThat(found("&limit=1&cursor=" + line.path("next").asString(""))).containsExactly(first);
    String created = line.path("tasks").path(0).path("createdAt").asString("");
    assertThat(found("&from=" + created)).contains(second);
    assertThat(found("&to=" + created)).doesNotContain(second);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stat=failed",
        "state=broken",
        "state=queued,",
        "owner=%20",
        "from=yesterday",
        "from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z",
        "limit=201"
      })
  void aFilterThatIsNoneIsRefused(String query) {
    HttpAnswer answer = admin.get(TASKS + "?" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.text("type")).isEqualTo("urn:handoff:problem:invalid-filter");
  }

  @Test
  void aFailedTaskIsLookedAtAndTriedAgain() {
    TestServer.model().enqueue(ModelScript.unauthorized());
    String task = TextTasks.submit(noor, TextTasks.body());
    TextTasks.await(noor, task, "failed");
    String path = TASKS + "/" + task;

    JsonNode failed = admin.get(path).json();

    assertThat(failed.path("error").path("code").asString("")).isEqualTo("misconfigured");
    assertThat(failed.path("attempts").size()).isEqualTo(1);
    JsonNode attempt = failed.path("attempts").path(0);
    assertThat(attempt.path("attempt").asInt()).isEqualTo(1);
    assertThat(attempt.path("failure").path("code").asString("")).isEqualTo("misconfigured");
    assertThat(attempt.path("node").asString("")).isNotEmpty();
    assertThat(attempt.path("endedAt").asString(""))
        .isGreaterThanOrEqualTo(attempt.path("startedAt").asString("x"));
    assertThat(failed.has("result")).isFalse();
    assertThat(
            admin
                .with("Accept", "application/json")
                .get(path + "/events")
                .json()
                .path("last")
                .asLong())
        .isEqualTo(failed.path("lastEvent").asLong());

    assertThat(asha.post(path + "/retry").status()).isEqualTo(404);
    assertThat(admin.post(path + "/retry").status()).isEqualTo(200);
    TextTasks.await(noor, task, "completed");
    JsonNode attempts = admin.get(path).json().path("attempts");
    assertThat(attempts.size()).isEqualTo(2);
    assertThat(attempts.path(1).path("failure").isNull()).isTrue();
    assertThat(admin.post(path + "/retry").status()).isEqualTo(409);
    assertThat(noted("task.retried")).containsOnlyOnce(task);
  }

  @Test
  void anOperatorLooksAtWhatATaskHoldsAndTheAuditLogHasIt() {
    String task = TextTasks.submit(asha, TextTasks.body("What is a median?"));
    TextTasks.await(asha, task, "completed");
    String path = TASKS + "/" + task;

    assertThat(admin.get(path + "/request").body()).contains("\"input\":\"What is a median?\"");
    assertThat(admin.get(path + "/result").json().path("text").asString("")).isNotEmpty();
    assertThat(admin.get(path + "/steps/unknown").status()).isEqualTo(404);
    assertThat(admin.get(TASKS + "/" + waiting(asha) + "/result").status()).isEqualTo(404);
    for (String what : List.of("/request", "/result", "/steps/a")) {
      assertThat(asha.get(path + what).status()).as(what).isEqualTo(404);
    }
    assertThat(noted("payload.read").filter(task::equals)).as("both looks").hasSize(2);
  }

  @Test
  void aCopyIsANewTaskOfTheSameOwner() {
    String task = TextTasks.submit(noor, TextTasks.body());
    TextTasks.await(noor, task, "completed");

    HttpAnswer copied = admin.post(TASKS + "/" + task + "/copy");

    assertThat(copied.status()).as(copied.body()).isEqualTo(201);
    String copy = copied.text("id");
    assertThat(copy).isNotEqualTo(task);
    assertThat(copied.header("Location")).isEqualTo(TASKS + "/" + copy);
    assertThat(copied.text("owner")).isEqualTo(noor.get("/api/auth/me/").text("id"));
    TextTasks.await(noor, copy, "completed");
    assertThat(admin.get(TASKS + "/" + copy + "/request").body())
        .isEqualTo(admin.get(TASKS + "/" + task + "/request").body());
    HttpAnswer atOnce = admin.post(TASKS + "/" + waiting(noor) + "/copy");
    TextTasks.await(noor, atOnce.text("id"), "completed");
    assertThat(asha.post(TASKS + "/" + task + "/copy").status()).isEqualTo(404);
    assertThat(admin.post(TASKS + "/" + UUID.randomUUID() + "/copy").status()).isEqualTo(404);
    assertThat(noted("task.copied")).containsOnlyOnce(task);
  }

  @Test
  void anOpenTaskIsCancelledAndTheOwnerIsToldByWhom() {
    String task = waiting(asha);

    HttpAnswer cancelled = admin.post(TASKS + "/" + task + "/cancel");

    assertThat(cancelled.text("state")).isEqualTo("cancelled");
    assertThat(asha.get("/api/v1/tasks/" + task).json().path("error").path("message").asString(""))
        .isEqualTo("cancelled by an operator");
    assertThat(noted("task.cancelled")).contains(task);
  }

  private Stream<String> noted(String kind) {
    return admin
        .get("/api/v1/ops/audit?limit=200&kind=" + kind)
        .json()
        .path("entries")
        .valueStream()
        .map(entry -> entry.path("target").asString(""));
  }
}
