package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What the audit log keeps of a day, and who may read it.
@OnBothStores
final class AuditTest {
  private static final String AUDIT = "/api/v1/ops/audit";
  private static final String NAME = "458@school1.test";

  private final TestServer server = TestServer.shared();
  private final Client anybody = server.anybody();
  private final Client admin = server.as("admin@demo.test");

  private HttpAnswer logIn(String username, String password) {
    return anybody.post(
        "/api/auth/login/", json("{'username':'%s','password':'%s'}", username, password));
  }

  private static int delete(Client client, String path) {
    return client.send(client.request(path).DELETE()).status();
  }

  private Stream<JsonNode> entries(String query) {
    HttpAnswer answer = admin.get(AUDIT + "?" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("entries").valueStream();
  }

  private static String text(JsonNode entry, String member) {
    return entry.path(member).asString("");
  }

  @Test
  void aDayReadsLikeAStory() {
    assertThat(logIn(NAME, "guessed").status()).isEqualTo(401);
    assertThat(logIn("nobody-has-this-name", "secret-typed-as-a-name").status()).isEqualTo(401);
    HttpAnswer login = logIn(NAME, "handoff");
    Client noor = anybody.bearing(login.text("access"));
    String account = noor.get("/api/auth/me/").text("id");
    HttpAnswer key = noor.post("/api/v1/keys", json("{'name':'mine','scopes':['read']}"));
    Client reader = anybody.bearing(key.text("key"));
    assertThat(reader.get("/api/v1/webhooks").status()).isEqualTo(403);
    assertThat(reader.get("/api/v1/webhooks").status()).isEqualTo(403);
    assertThat(delete(noor, "/api/v1/keys/" + key.text("id"))).isEqualTo(204);
    HttpAnswer hook = Webhooks.create(noor, "https://example.com/hook");
    assertThat(delete(noor, Webhooks.path(hook))).isEqualTo(204);
    String task = new ApiResources(server).make("/tasks", noor);
    HttpAnswer token = noor.post("/api/v1/tasks/" + task + "/tokens", json("{'may':['follow']}"));
    assertThat(
            noor.post("/api/auth/password/", json("{'old':'wrong','new':'longer one'}")).status())
        .isEqualTo(403);
    assertThat(
            anybody
                .post("/api/auth/logout/", json("{'refresh':'%s'}", login.text("refresh")))
                .status())
        .isEqualTo(204);

    List<JsonNode> story = entries("limit=9&account=" + account).toList();

    assertThat(story.reversed().stream().map(entry -> text(entry, "kind")))
        .containsExactly(
            "login.ok",
            "key.made",
            "call.refused",
            "key.revoked",
            "webhook.made",
            "webhook.ended",
            "token.made",
            "password.failed",
            "logout");
    assertThat(story)
        .allSatisfy(entry -> {
          assertThat(text(entry, "tenant")).isEqualTo("school-1");
          assertThat(text(entry, "address")).isEqualTo("127.0.0.1");
          assertThat(text(entry, "requestId")).matches("[0-9a-f]{16}");
        });
    JsonNode refused = story.get(6);
    assertThat(text(refused, "actor")).isEqualTo("key:" + key.text("id"));
    assertThat(text(refused, "outcome")).isEqualTo("refused");
    assertThat(text(refused, "target")).isEqualTo("GET /api/v1/webhooks");
    assertThat(text(story.get(4), "target")).isEqualTo(hook.text("id"));
    assertThat(text(story.get(3), "target")).isEqualTo(hook.text("id"));
    assertThat(text(story.get(2), "target")).isEqualTo(token.text("id"));
    assertThat(text(story.getFirst(), "actor")).isEqualTo(account);

    String failed = admin.get(AUDIT + "?kind=login.failed&limit=2").body();
    assertThat(failed).contains(account).doesNotContain("nobody-has-this-name", "guessed");
  }

  @Test
  void whoLooksAtAPupilsWorkIsNoted() {
    Client teacher = server.as("teacher@school1.test");
    String evaluations = "/api/v1/team-evaluation/evaluations";
    String evaluation =
        teacher.get(evaluations).json().path("evaluations").path(0).path("id").toString();
    String one = evaluations + "/" + evaluation;
    String pupil = teacher.get(one).json().path("students").path(0).path("id").toString();

    for (int i = 0; i < 2; i++) {
      assertThat(teacher.get(one + "/students/" + pupil + "/overview").status()).isEqualTo(200);
    }

    String account = teacher.get("/api/auth/me/").text("id");
    List<JsonNode> reads =
        entries("kind=pupil.read&limit=200")
            .filter(entry -> text(entry, "actor").equals(account))
            .filter(entry -> text(entry, "target").equals("pupil " + pupil))
            .toList();
    assertThat(reads).hasSize(1);
    assertThat(text(reads.getFirst(), "account")).as("the pupil").isNotEqualTo(account);
    assertThat(teacher.get("/feedback-summaries/evaluation/" + evaluation + "/jobs").status())
        .isEqualTo(200);
    assertThat(entries("kind=pupil.read&account=" + account).map(entry -> text(entry, "target")))
        .contains("evaluation " + evaluation);
  }

  @Test
  void pagesFollowOnEachOther() {
    for (int i = 0; i < 3; i++) {
      assertThat(logIn(NAME, "handoff").status()).isEqualTo(200);
    }
    String filter = AUDIT + "?kind=login.ok&limit=2";
    JsonNode first = admin.get(filter).json();
    JsonNode second = admin.get(filter + "&cursor=" + text(first, "next")).json();

    List<String> ids =
        Stream.of(first, second)
            .flatMap(page -> page.path("entries").valueStream())
            .map(entry -> text(entry, "id"))
            .toList();
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(2);
    assertThat(ids.reversed()).isSorted();
    String last = text(first.path("entries").path(1), "at");
    assertThat(entries("kind=login.ok&from=" + last).map(entry -> text(entry, "at")))
        .allSatisfy(at -> assertThat(at).isGreaterThanOrEqualTo(last))
        .contains(last);
    assertThat(entries("kind=login.ok&to=" + last).map(entry -> text(entry, "at")))
        .doesNotContain(last);
  }

  @ParameterizedTest
  @CsvSource({
    "kind=login.bad, invalid-filter",
    "knd=login.ok, invalid-filter",
    "from=yesterday, invalid-filter",
    "to=-200000-01-01T00:00:00Z, invalid-filter",
    "limit=0, invalid-filter",
    "limit=201, invalid-filter",
    "account=a%00b, invalid-filter",
    "cursor=x, invalid-request"
  })
  void aFilterThatIsNoneIsRefused(String query, String problem) {
    HttpExchange answer = HttpExchange.of(admin, admin.request(AUDIT + "?" + query).GET());

    assertThat(answer.isProblem(problem)).as(answer.toString()).isTrue();
  }

  @Test
  void forWhoeverIsNoOperatorThereIsNoSuchCall() {
    Client pupil = server.as(NAME);
    HttpAnswer key = admin.post("/api/v1/keys", json("{'name':'night','scopes':['operator']}"));
    Client night = anybody.bearing(key.text("key"));

    assertThat(night.get(AUDIT).status()).isEqualTo(200);
    assertThat(night.get("/api/v1/tasks").status()).as("no other scope").isEqualTo(403);
    assertThat(delete(admin, "/api/v1/keys/" + key.text("id"))).isEqualTo(204);
    assertThat(night.get(AUDIT).status()).isEqualTo(404);
    assertThat(pupil.post("/api/v1/keys", json("{'name':'k','scopes':['operator']}")).status())
        .isEqualTo(403);
    for (Client stranger : List.of(anybody, pupil, anybody.bearing("hk_garbage"))) {
      for (String path : List.of(AUDIT, "/api/v1/ops", "/api/v1/ops/nothing")) {
        assertThat(stranger.get(path).text("type")).as(path).endsWith("no-such-endpoint");
        assertThat(stranger.post(path, "{}").status()).as(path).isEqualTo(404);
      }
    }
    assertThat(admin.post(AUDIT, "{}").status()).isEqualTo(405);
  }
}
