package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.server.EndedLogin.Login;
import dev.handoff.testing.model.Gate;
import dev.handoff.testing.model.ModelScript;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What has ended has ended everywhere, also where it is in use. That no call is answered is tried
/// by [IsolationTest] and [EveryRouteTest].
@OnBothStores
final class EndedCredentialsTest {
  private final TestServer server = TestServer.shared();

  /// A stream and a socket with a credential, and what ends it.
  private record Connected(Client client, Listener stream, Socket socket, Runnable end) {}

  @Test
  void openStreamsAndSocketsCloseWithTheirCredential() {
    // All at once, because open streams are checked every few seconds only.
    List<Connected> all =
        List.of(
            withLogin(AccessPath.LOGGED_OUT),
            withLogin(AccessPath.DEACTIVATED),
            withLogin(AccessPath.MOVED_TO_ANOTHER_TENANT),
            withKey());
    Connected lasting = connect(EndedLogin.begin(server).client(server), () -> {});

    all.forEach(connected -> connected.end().run());

    for (Connected connected : all) {
      assertThat(connected.stream().hearToTheEnd()).doesNotContain("(cut)");
      assertThat(connected.socket().awaitClose()).isEqualTo(4401);
      await().until(() -> connected.client().get("/api/v1/tasks").status() == 401);
      close(connected);
    }
    String task = new ApiResources(server).make("/tasks", lasting.client());
    var _ = lasting.socket().follow(task, 0).await(message -> Socket.isOf(message, task));
    close(lasting);
  }

  private Connected withLogin(AccessPath how) {
    Login login = EndedLogin.begin(server);
    return connect(login.client(server), () -> EndedLogin.end(server, login, how));
  }

  private Connected withKey() {
    Client owner = EndedLogin.begin(server).client(server);
    HttpAnswer key = owner.post("/api/v1/keys", json("{'name':'k','scopes':['read']}"));
    Runnable end = () -> assertThat(delete(owner, "/api/v1/keys/" + key.text("id"))).isEqualTo(204);
    return connect(server.anybody().bearing(key.text("key")), end);
  }

  private Connected connect(Client client, Runnable end) {
    // The server closes the connection with the stream, instead of keeping it for another request.
    Listener stream = Listener.at(client, "/api/v1/events", "Connection: close");
    var _ = stream.hear("HTTP/1.1 200");
    return new Connected(client, stream, Socket.open(client), end);
  }

  private static void close(Connected connected) {
    connected.stream().close();
    connected.socket().close();
  }

  @Test
  void aPersonSeesAndEndsTheirOtherLogins() {
    Login first = EndedLogin.begin(server);
    HttpAnswer second = EndedLogin.logIn(server, first.username());
    HttpAnswer third = EndedLogin.logIn(server, first.username());
    Client here = first.client(server);

    JsonNode sessions = here.get("/api/auth/sessions/").json();

    assertThat(sessions).hasSize(3);
    JsonNode current =
        sessions
            .valueStream()
            .filter(session -> session.path("current").asBoolean())
            .findFirst()
            .orElseThrow();
    assertThat(current.path("address").asString("")).isEqualTo("127.0.0.1");
    assertThat(current.path("agent").asString("")).startsWith("Java-http-client");
    String other =
        sessions
            .valueStream()
            .filter(session -> !session.path("current").asBoolean())
            .findFirst()
            .orElseThrow()
            .path("id")
            .asString("");
    assertThat(delete(here, "/api/auth/sessions/" + other + "/")).isEqualTo(204);
    assertThat(delete(here, "/api/auth/sessions/" + other + "/")).isEqualTo(404);
    Client stranger = EndedLogin.begin(server).client(server);
    String mine = current.path("id").asString("");
    assertThat(delete(stranger, "/api/auth/sessions/" + mine + "/")).isEqualTo(404);
    assertThat(here.get("/api/auth/sessions/").json()).hasSize(2);
    assertThat(delete(here, "/api/auth/sessions/")).isEqualTo(204);
    assertThat(here.get("/api/auth/sessions/").json()).hasSize(1);
    for (HttpAnswer ended : List.of(second, third)) {
      await()
          .until(() ->
              server.anybody().bearing(ended.text("access")).get("/api/auth/me/").status() == 401);
    }
    assertThat(here.get("/api/auth/me/").status()).isEqualTo(200);
  }

  private static int delete(Client client, String path) {
    return HttpExchange.of(client, client.request(path).DELETE()).status();
  }

  @Test
  void anotherPasswordEndsTheOtherLogins() {
    Login first = EndedLogin.begin(server);
    HttpAnswer other = EndedLogin.logIn(server, first.username());
    Client here = first.client(server);

    assertThat(change(here, "wrong", "correct horse").status()).isEqualTo(403);
    assertThat(change(here, "handoff", "password").status()).isEqualTo(422);
    assertThat(change(here, "handoff", "correct horse").status()).isEqualTo(204);

    assertThat(EndedLogin.logIn(server, first.username()).status()).isEqualTo(401);
    await()
        .until(() ->
            server.anybody().bearing(other.text("access")).get("/api/auth/me/").status() == 401);
    assertThat(here.get("/api/auth/me/").status()).isEqualTo(200);
  }

  private static HttpAnswer change(Client client, String old, String wanted) {
    return client.post("/api/auth/password/", json("{'old':'%s','new':'%s'}", old, wanted));
  }

  @Test
  void aTaskTokenIsRevokedByItsTaskOnly() {
    Client client = EndedLogin.begin(server).client(server);
    String task = new ApiResources(server).make("/tasks", client);
    String other = new ApiResources(server).make("/tasks", client);
    HttpAnswer token = client.post("/api/v1/tasks/" + task + "/tokens", json("{'may':['follow']}"));
    String id = token.text("id");

    for (String unknown :
        List.of("x", ApiResources.NOBODYS, id.replaceFirst(".$", id.endsWith("0") ? "1" : "0"))) {
      assertThat(delete(client, "/api/v1/tasks/" + task + "/tokens/" + unknown)).isEqualTo(404);
    }
    assertThat(delete(client, "/api/v1/tasks/" + other + "/tokens/" + id)).isEqualTo(404);
    Client page = server.anybody().bearing(token.text("token"));
    assertThat(page.get("/api/v1/tasks/" + task).status()).isEqualTo(200);
    assertThat(delete(client, "/api/v1/tasks/" + task + "/tokens/" + id)).isEqualTo(204);
    assertThat(page.get("/api/v1/tasks/" + task).status()).isEqualTo(401);
  }

  @Test
  void aKeyThatMayNotReadSeesNoResult() {
    Client client = EndedLogin.begin(server).client(server);
    String submit = TextTasks.body();
    TestServer.model()
        .enqueue(
            ModelScript.streamed(Gate.open(), "one"), ModelScript.streamed(Gate.open(), "two"));
    HttpAnswer done = client.with("Prefer", "wait=30").post(TextTasks.TASKS, submit);
    String task = TextTasks.TASKS + "/" + done.text("id");
    assertThat(hasResult(done)).isTrue();
    HttpAnswer key =
        client.post("/api/v1/keys", json("{'name':'k','scopes':['submit','operate']}"));
    Client keyed = server.anybody().bearing(key.text("key"));

    HttpAnswer cancelled = keyed.post(task + "/cancel");
    HttpAnswer again = keyed.with("Prefer", "wait=30").post(TextTasks.TASKS, submit);

    assertThat(cancelled.text("state")).isEqualTo("completed");
    assertThat(hasResult(cancelled)).isFalse();
    assertThat(again.text("state")).isEqualTo("completed");
    assertThat(hasResult(again)).isFalse();
    assertThat(keyed.get("/api/v1/webhooks").status()).isEqualTo(403);
    assertThat(keyed.post("/api/v1/webhooks", json("{'url':'https://example.com/'}")).status())
        .isEqualTo(403);
  }

  private static boolean hasResult(HttpAnswer answer) {
    JsonNode result = answer.json().path("result");
    return !result.isMissingNode() && !result.isNull();
  }
}
