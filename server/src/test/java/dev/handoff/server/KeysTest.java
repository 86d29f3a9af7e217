package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// API keys, and the tokens for one task.
@OnBothStores
final class KeysTest {
  private static final String ALL = "\"submit\",\"read\",\"operate\"";

  private final TestServer server = TestServer.shared();
  private final Client anybody = server.anybody();
  private final Client noor = server.as("458@school1.test");
  private final List<String> made = new ArrayList<>();

  @AfterEach
  void revokeThem() {
    made.forEach(id -> HttpExchange.of(noor, noor.request("/api/v1/keys/" + id).DELETE()));
  }

  private HttpAnswer make(Client client, String name, String scopes, String more) {
    HttpAnswer answer =
        client.post("/api/v1/keys", json("{'name':'%s','scopes':[%s]%s}", name, scopes, more));
    if (answer.status() == 201) {
      made.add(answer.text("id"));
    }
    return answer;
  }

  private Client with(String scopes) {
    return anybody.bearing(make(noor, "test", scopes, "").text("key"));
  }

  @Test
  void aKeyIsShownOnceAndKeptAsAHash() throws Exception {
    HttpAnswer answer = make(noor, "build server", "\"read\",\"submit\"", "");
    String key = answer.text("key");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(key).matches("hk_[0-9a-f]{16}_[0-9a-f]{64}").contains(answer.text("id"));
    assertThat(answer.json().path("scopes").toString()).isEqualTo(json("['submit','read']"));
    assertThat(answer.header("cache-control")).contains("no-store");
    HttpAnswer list = noor.get("/api/v1/keys");
    JsonNode first = list.json().path("keys").path(0);
    assertThat(first.path("name").asString("")).isEqualTo("build server");
    assertThat(first.has("key")).isFalse();
    assertThat(first.path("lastUsedAt").isNull()).isTrue();
    String secret = key.substring(key.lastIndexOf('_') + 1);
    assertThat(list.body()).doesNotContain(secret);
    String stored =
        server
            .bean(JdbcClient.class)
            .sql("select * from api_key where id = :id")
            .param("id", answer.text("id"))
            .query()
            .singleRow()
            .toString();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
    assertThat(stored).doesNotContain(secret).contains(HexFormat.of().formatHex(hash));
  }

  @Test
  void itActsAsItsOwnerUnderTheApiOnly() {
    String task = new ApiResources(server).make("/tasks", noor);
    Client keyed = with(ALL);

    assertThat(keyed.get("/api/v1/tasks/" + task).status()).isEqualTo(200);
    for (String elsewhere :
        List.of("/ai/chat/config/", "/api/auth/me/", "/ai/task/" + task + "/", "/media/x.png")) {
      assertThat(keyed.get(elsewhere).status()).as(elsewhere).isEqualTo(401);
    }
    assertThat(keyed.get("/ai/chat/").status()).isEqualTo(302);
    assertThat(keyed.post("/ai/chat/message/", json("{'message':'hi'}")).status()).isEqualTo(401);
    assertThat(keyed.get("/%61pi/v1/tasks/" + task).status()).isIn(401, 302, 404);
    assertThat(anybody.get("/api/v1/tasks/" + task + "?access_token=x").status()).isEqualTo(401);
  }

  @Test
  void itsUseIsNotedAndItEndsAtOnceWhenRevoked() {
    HttpAnswer answer = make(noor, "short", "\"operate\"", "");
    Client keyed = anybody.bearing(answer.text("key"));

    assertThat(keyed.get("/api/v1/keys").status()).isEqualTo(200);
    JsonNode seen = noor.get("/api/v1/keys").json().path("keys").path(0);
    assertThat(seen.path("lastUsedAt").asString("")).isNotEmpty();
    assertThat(keyed.get("/api/v1/keys").json().path("keys").path(0)).isEqualTo(seen);
    HttpExchange revoked =
        HttpExchange.of(keyed, keyed.request("/api/v1/keys/" + answer.text("id")).DELETE());
    assertThat(revoked.status()).isEqualTo(204);
    assertThat(keyed.get("/api/v1/keys").status()).isEqualTo(401);
  }

  @Test
  void aWrongSecretIsRefusedAndNothingOfAKeyIsLogged() {
    try (ServerLogs logs = new ServerLogs()) {
      HttpAnswer answer = make(noor, "quiet", ALL, "");
      String key = answer.text("key");
      String wrong = key.substring(0, key.length() - 4) + (key.endsWith("0000") ? "1111" : "0000");

      for (String bad :
          List.of(wrong, key + "0", key.substring(0, 40), "hk_", "HK" + key.substring(2))) {
        HttpAnswer refused = anybody.bearing(bad).get("/api/v1/keys");
        assertThat(refused.status()).as(bad).isEqualTo(401);
        assertThat(refused.body()).doesNotContain(answer.text("id"));
      }
      assertThat(anybody.bearing(key).get("/api/v1/keys").status()).isEqualTo(200);
      assertThat(logs.lines(Level.TRACE).toString())
          .doesNotContain(key.substring(key.lastIndexOf('_') + 1));
      // Tasks of other tests may end meanwhile.
      assertThat(logs.lines(Level.INFO))
          .allMatch(line -> line.contains("SatBuddyLog") || line.contains("audit key.made"));
    }
  }

  @Test
  void aKeyMakesNothingThatReachesFurtherOrLastsLonger() {
    Client operator = with("\"operate\"");
    Client ending =
        anybody.bearing(
            make(noor, "ending", ALL, json(",'expiresAt':'2099-01-01T00:00:00Z'")).text("key"));
    String task = new ApiResources(server).make("/tasks", noor);
    String tokens = "/api/v1/tasks/" + task + "/tokens";

    assertThat(make(operator, "same", "\"operate\"", "").status()).isEqualTo(201);
    assertThat(make(operator, "more", "\"operate\",\"read\"", "").text("type"))
        .isEqualTo("urn:handoff:problem:not-permitted");
    assertThat(make(ending, "for ever", "\"read\"", "").status()).isEqualTo(403);
    assertThat(
            make(ending, "in time", "\"read\"", json(",'expiresAt':'2098-01-01T00:00:00Z'"))
                .status())
        .isEqualTo(201);
    assertThat(operator.post(tokens, json("{'may':['follow']}")).status()).isEqualTo(403);
    assertThat(operator.post(tokens, json("{'may':['cancel']}")).status()).isEqualTo(201);
  }

  @Test
  void anAccountHasOnlySoMany() {
    Client zoe = server.as("exact@demo.test");
    for (int i = 0; i < 50; i++) {
      assertThat(zoe.post("/api/v1/keys", json("{'name':'k','scopes':['read']}")).status())
          .isEqualTo(201);
    }

    HttpAnswer refused = zoe.post("/api/v1/keys", json("{'name':'k','scopes':['read']}"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("type")).isEqualTo("urn:handoff:problem:too-many-keys");
    assertThat(zoe.get("/api/v1/keys").json().path("keys")).hasSize(50);
  }

  @Test
  void keysAndTokensEndWithTheAccount() {
    Client dan = server.as("deactivated@demo.test");
    String key = dan.post("/api/v1/keys", json("{'name':'k','scopes':[%s]}", ALL)).text("key");
    String task = new ApiResources(server).make("/tasks", dan);
    String path = "/api/v1/tasks/" + task;
    String token = dan.post(path + "/tokens", json("{'may':['follow']}")).text("token");
    assertThat(anybody.bearing(key).get(path).status()).isEqualTo(200);
    assertThat(anybody.bearing(token).get(path).status()).isEqualTo(200);

    setActive("deactivated@demo.test", false);
    try {
      await().until(() -> anybody.bearing(key).get(path).status() == 401);
      await().until(() -> anybody.bearing(token).get(path).status() == 401);
      assertThat(dan.get("/api/v1/keys").status()).isEqualTo(401);
    } finally {
      setActive("deactivated@demo.test", true);
    }
  }

  private void setActive(String email, boolean active) {
    String value = TestServer.ON_POSTGRES ? String.valueOf(active) : active ? "1" : "0";
    var _ =
        server
            .bean(JdbcClient.class)
            .sql("update user_account set is_active = " + value + " where email = :email")
            .param("email", email)
            .update();
  }

  @Test
  void aTaskTokenIsGoodForItsTaskItsTimeAndTheApiOnly() {
    String task = new ApiResources(server).make("/tasks", noor);
    String path = "/api/v1/tasks/" + task;
    HttpAnswer follow = noor.post(path + "/tokens", json("{'may':['follow'],'lifetime':'PT24H'}"));
    HttpAnswer brief = noor.post(path + "/tokens", json("{'may':['follow'],'lifetime':'PT1S'}"));
    Client page = anybody.bearing(follow.text("token"));

    assertThat(page.get(path).text("id")).isEqualTo(task);
    assertThat(page.get("/ai/task/" + task + "/").status()).isEqualTo(401);
    assertThat(page.get("/api/auth/me/").status()).isEqualTo(401);
    assertThat(page.post(path + "/cancel").text("type"))
        .isEqualTo("urn:handoff:problem:not-permitted");
    assertThat(page.post(path + "/tokens", json("{'may':['follow']}")).status()).isEqualTo(403);
    await().until(() -> anybody.bearing(brief.text("token")).get(path).status() == 401);
    String cancel = noor.post(path + "/tokens", json("{'may':['cancel']}")).text("token");
    assertThat(anybody.bearing(cancel).get(path).status()).isEqualTo(403);
    assertThat(anybody.bearing(cancel).post(path + "/cancel").text("state")).isEqualTo("cancelled");
  }

  @Test
  void aTaskTokenEndsWithTheKeyThatGaveItOut() {
    String task = new ApiResources(server).make("/tasks", noor);
    HttpAnswer key = make(noor, "backend", ALL, "");
    String token =
        anybody
            .bearing(key.text("key"))
            .post("/api/v1/tasks/" + task + "/tokens", json("{'may':['follow']}"))
            .text("token");
    Client page = anybody.bearing(token);
    assertThat(page.get("/api/v1/tasks/" + task).status()).isEqualTo(200);

    HttpExchange revoked =
        HttpExchange.of(noor, noor.request("/api/v1/keys/" + key.text("id")).DELETE());

    assertThat(revoked.status()).isEqualTo(204);
    assertThat(page.get("/api/v1/tasks/" + task).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name":"a\\u0000b","scopes":["read"]}
          {"name":"\\ud800","scopes":["read"]}
          """)
  void aNameThatNoDatabaseHoldsIsNotTaken(String body) {
    HttpAnswer refused = noor.post("/api/v1/keys", body);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text("detail")).contains("no NUL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}
          {"name":"a"}
          {"name":"a","scopes":[]}
          {"name":"a","scopes":[null]}
          {"name":"a","scopes":["admin"]}
          {"name":"","scopes":["read"]}
          {"name":"a","scopes":["read"],"expiresAt":"tomorrow"}
          {"name":"a","scopes":["read"],"expiresAt":"2001-01-01T00:00:00Z"}
          {"name":"a","scopes":["read"],"expiresAt":"+999999999-01-01T00:00:00Z"}
          {"name":"a","scopes":["read"],"colour":"red"}
          """)
  void aKeyThatIsNotInOrderIsNotMade(String body) {
    HttpAnswer refused = noor.post("/api/v1/keys", body);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text("detail")).contains("scopes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}
          {"may":[]}
          {"may":["retry"]}
          {"may":[null]}
          {"may":["follow"],"lifetime":"PT25H"}
          {"may":["follow"],"lifetime":"PT0.5S"}
          {"may":["follow"],"lifetime":"-PT1H"}
          {"may":["follow"],"lifetime":"PT9999999999999999999S"}
          {"may":["follow"],"lifetime":"an hour"}
          """)
  void aTokenThatIsNotInOrderIsNotMade(String body) {
    String task = new ApiResources(server).make("/tasks", noor);

    HttpAnswer refused = noor.post("/api/v1/tasks/" + task + "/tokens", body);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text("detail")).contains("lifetime");
  }
}
