package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.awaitility.Awaitility.await;

import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Logins of accounts of their own, which end in one of the ways in which a login can.
final class EndedLogin {
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final String LIKE_ASHA =
      """
      insert into user_account
        (id, username, email, first_name, last_name, timezone, role, is_active, premium, tenant,
         password_hash)
      select :id, :name, :name, :name, 'Test', timezone, role, is_active, premium, tenant,
         password_hash
      from user_account where username = 'asha@demo.test'
      """;

  private EndedLogin() {}

  /// A login of a new account: its name, and the body of the answer.
  record Login(String username, HttpAnswer answer) {
    Client client(TestServer server) {
      return server.anybody().bearing(answer.text("access"));
    }
  }

  static Login begin(TestServer server) {
    String name = "ending" + MADE.incrementAndGet() + "@demo.test";
    var _ =
        server
            .bean(JdbcClient.class)
            .sql(LIKE_ASHA)
            .params(Map.of("id", UUID.randomUUID().toString(), "name", name))
            .update();
    HttpAnswer answer = logIn(server, name);
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.toString());
    }
    return new Login(name, answer);
  }

  static HttpAnswer logIn(TestServer server, String name) {
    return server
        .anybody()
        .post("/api/auth/login/", json("{'username':'%s','password':'handoff'}", name));
  }

  static void end(TestServer server, Login login, AccessPath how) {
    switch (how) {
      case LOGGED_OUT -> {
        String refresh = json("{'refresh':'%s'}", login.answer().text("refresh"));
        var _ = server.anybody().post("/api/auth/logout/", refresh);
      }
      case DEACTIVATED -> change(server, login, "is_active = not is_active");
      case MOVED_TO_ANOTHER_TENANT -> change(server, login, "tenant = 'elsewhere'");
      default -> throw new IllegalArgumentException(how + " ends no login");
    }
  }

  private static void change(TestServer server, Login login, String change) {
    var _ =
        server
            .bean(JdbcClient.class)
            .sql("update user_account set " + change + " where username = :name")
            .param("name", login.username())
            .update();
  }

  /// Clients with a login that was good, was ended in this way, and is refused now.
  static Map<AccessPath, Client> inEachWay(TestServer server, AccessPath... ways) {
    Map<AccessPath, Client> ended = new EnumMap<>(AccessPath.class);
    for (AccessPath way : ways) {
      Login login = begin(server);
      Client client = login.client(server);
      if (client.get("/api/v1/tasks").status() != 200) {
        throw new IllegalStateException("the login was never good");
      }
      end(server, login, way);
      ended.put(way, client);
    }
    for (Client client : ended.values()) {
      await().until(() -> client.get("/api/v1/tasks").status() == 401);
    }
    return ended;
  }
}
