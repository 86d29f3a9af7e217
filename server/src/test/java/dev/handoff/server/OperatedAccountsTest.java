package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Accounts that an administrator makes and changes over HTTP.
@OnBothStores
final class OperatedAccountsTest {
  private static final String ACCOUNTS = "/api/v1/ops/accounts";

  private final TestServer server = TestServer.shared();
  private final Client anybody = server.anybody();
  private final Client admin = server.as("admin@demo.test");
  private final String name = "ops-" + UUID.randomUUID();

  private HttpAnswer add(String username, String more) {
    return admin.post(ACCOUNTS, json("{'username':'%s','role':'user'" + more + "}", username));
  }

  private HttpAnswer change(String id, String json) {
    return admin.call(
        "PATCH",
        ACCOUNTS + "/" + id,
        "application/json",
        json(json).getBytes(StandardCharsets.UTF_8));
  }

  private HttpAnswer setUp(HttpAnswer added, String password) {
    String link = added.text("link");
    assertThat(link).startsWith("http://localhost:").contains("/setup/#");
    return anybody.post(
        "/api/auth/setup/",
        json(
            "{'token':'%s','username':'','password':'%s'}",
            link.substring(link.indexOf('#') + 1), password));
  }

  private HttpAnswer logIn(String password) {
    return anybody.post(
        "/api/auth/login/", json("{'username':'%s','password':'%s'}", name, password));
  }

  @Test
  void aPersonIsInvitedPromotedAndShutOut() {
    HttpAnswer added = add(name, ",'tenant':'school-1','firstName':'Ada'");
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(setUp(added, "correct horse").status()).isEqualTo(204);
    assertThat(setUp(added, "another horse").status()).isEqualTo(410);
    HttpAnswer login = logIn("correct horse");
    assertThat(login.status()).isEqualTo(200);
    String id = added.text("id");
    Client ada = anybody.bearing(login.text("access"));
    assertThat(ada.get(ACCOUNTS).status()).isEqualTo(404);

    HttpAnswer changed = change(id, "{'role':'admin'}");
    assertThat(changed.text("role")).isEqualTo("admin");
    assertThat(changed.text("tenant")).isEqualTo("school-1");
    assertThat(changed.text("firstName")).isEqualTo("Ada");
    assertThat(ada.get(ACCOUNTS + "/" + id).text("username")).isEqualTo(name);
    String key =
        ada.post("/api/v1/keys", json("{'name':'night','scopes':['operator']}")).text("key");
    assertThat(anybody.bearing(key).get(ACCOUNTS).status()).isEqualTo(200);
    assertThat(change(id, "{'role':'user'}").status()).isEqualTo(200);
    assertThat(ada.get(ACCOUNTS).status()).as("at once").isEqualTo(404);
    assertThat(anybody.bearing(key).get(ACCOUNTS).status()).as("her key too").isEqualTo(404);

    String sessions = ACCOUNTS + "/" + id + "/sessions";
    assertThat(admin.get(sessions).json().path("sessions").size()).isEqualTo(1);
    assertThat(admin.send(admin.request(sessions).DELETE()).status()).isEqualTo(204);
    await().until(() -> ada.get("/api/v1/tasks").status() == 401);

    HttpAnswer link = admin.post(ACCOUNTS + "/" + id + "/links");
    assertThat(setUp(link, "another horse").status()).isEqualTo(204);
    assertThat(change(id, "{'active':false}").json().path("active").asBoolean(true)).isFalse();
    assertThat(logIn("another horse").status()).isEqualTo(403);
    assertThat(change(id, "{'active':true}").status()).isEqualTo(200);
    assertThat(logIn("another horse").status()).isEqualTo(200);
  }

  @Test
  void accountsAreListedByNameAPageAtATime() {
    for (String suffix : List.of("c", "a%", "B")) {
      assertThat(add(name + suffix, "").status()).isEqualTo(201);
    }
    JsonNode first =
        admin.get(ACCOUNTS + "?limit=2&role=user&q=" + name.toUpperCase(Locale.ROOT)).json();
    JsonNode last =
        admin
            .get(
                ACCOUNTS
                    + "?limit=2&role=user&q="
                    + name
                    + "&cursor="
                    + first.path("next").asString(""))
            .json();

    assertThat(
            Stream.of(first, last)
                .flatMap(page -> page.path("accounts").valueStream())
                .map(account -> account.path("username").asString("")))
        .containsExactly(name + "a%", name + "B", name + "c");
    assertThat(last.path("next").isNull()).isTrue();
    assertThat(admin.get(ACCOUNTS + "?q=" + name + "_").json().path("accounts")).isEmpty();
    assertThat(admin.get(ACCOUNTS + "?role=admin&q=" + name).json().path("accounts")).isEmpty();
    assertThat(admin.get(ACCOUNTS + "?tenant=none&q=" + name).json().path("accounts")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 422",
        "{'username':'','role':'user'} | 422",
        "{'username':'x','role':'boss'} | 422",
        "{'username':'x','role':'user','password':'secret'} | 422",
        "{'username':' x','role':'user'} | 422",
        "{'username':'a\\u0000b','role':'user'} | 400",
        "{'username':'asha@demo.test','role':'user'} | 422",
        "{'username':'x','role':'user','tenant':'a\\nb'} | 422",
        "[] | 422",
        "x | 400"
      })
  void whatIsNoAccountIsRefused(String body, int status) {
    assertThat(admin.post(ACCOUNTS, json(body)).status()).isEqualTo(status);
  }

  @Test
  void nobodyLocksThemselvesOut() {
    String own = admin.get("/api/auth/me/").text("id");

    assertThat(change(own, "{'role':'user'}").text("type")).endsWith("own-account");
    assertThat(change(own, "{'active':false}").text("type")).endsWith("own-account");
    assertThat(change(own, "{'role':'admin'}").status()).as("no change").isEqualTo(200);
    assertThat(change("nobody", "{}").text("type")).endsWith("account-not-found");
    assertThat(change(UUID.randomUUID().toString(), "{}").status()).isEqualTo(404);
    assertThat(admin.get(ACCOUNTS + "?roles=user").text("type")).endsWith("invalid-filter");
    assertThat(admin.get(ACCOUNTS + "?cursor=***").status()).isEqualTo(400);
  }
}
