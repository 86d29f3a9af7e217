package dev.handoff.server;

import static dev.handoff.server.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.systems.accounts.people.AccountsCommand;
import dev.handoff.testing.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How the first people come into a server that has no accounts.
@OnBothStores
@ExtendWith(OutputCaptureExtension.class)
final class SetUpTest {
  private final Path folder = TestServer.temporaryFolder();

  private static HttpAnswer logIn(TestServer server, String username, String password) {
    return server
        .anybody()
        .post("/api/auth/login/", json("{'username':'%s','password':'%s'}", username, password));
  }

  private static HttpAnswer setUp(TestServer server, String token, String name, String password) {
    return server
        .anybody()
        .post(
            "/api/auth/setup/",
            json("{'token':'%s','username':'%s','password':'%s'}", token, name, password));
  }

  private static String tokenIn(String text) {
    return text.substring(text.indexOf('#') + 1).strip();
  }

  // A starting server sets up its log anew, so that it is only heard where it is printed.
  private static List<String> links(CapturedOutput printed) {
    return printed.getOut().lines().filter(line -> line.contains("/setup/#")).toList();
  }

  /// The command, on the database of the running server.
  private String accounts(String input, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--handoff.data-dir=" + folder);
    TestServer.storeOf(folder).forEach(setting -> all.add("--" + setting));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code = new AccountsCommand(new StringReader(input), printed, printed).run(all);
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(code).as(text).isZero();
    return text;
  }

  @Test
  void theFirstAdministratorComesByALinkAndTheOthersByTheCommand(CapturedOutput log) {
    try (TestServer server = TestServer.start(folder)) {
      List<String> printed = links(log);
      assertThat(printed).hasSize(1);
      assertThat(printed.getFirst()).contains(server.baseUrl().replace("127.0.0.1", "localhost"));
      String token = tokenIn(printed.getFirst());

      assertThat(server.anybody().get("/setup/").status()).isNotIn(302, 401);
      assertThat(setUp(server, token, "ada", "short").status()).isEqualTo(422);
      assertThat(setUp(server, token, "", "correct horse").status()).isEqualTo(422);
      assertThat(setUp(server, "first-x", "ada", "correct horse").status()).isEqualTo(410);
      assertThat(setUp(server, token, "ada", "correct horse").status()).isEqualTo(204);
      HttpAnswer again = setUp(server, token, "eve", "correct horse");
      assertThat(again.status()).isEqualTo(410);
      assertThat(again.body()).contains("used or has expired");

      HttpAnswer login = logIn(server, "ada", "correct horse");
      assertThat(login.json().path("user").path("role").asString("")).isEqualTo("Admin");

      String invited = tokenIn(accounts("", "add", "bob", "--role=user", "--link"));
      assertThat(setUp(server, invited, "", "another horse").status()).isEqualTo(204);
      assertThat(setUp(server, invited, "", "third horse").status()).isEqualTo(410);
      HttpAnswer bob = logIn(server, "bob", "another horse");
      assertThat(bob.status()).isEqualTo(200);
      assertThat(accounts("", "sessions", "bob")).hasLineCount(1).contains("127.0.0.1");

      var _ = accounts("fourth horse\n", "password", "bob");
      assertThat(logIn(server, "bob", "another horse").status()).isEqualTo(401);
      assertThat(
              server
                  .anybody()
                  .post("/api/auth/refresh/", json("{'refresh':'%s'}", bob.text("refresh")))
                  .status())
          .isEqualTo(401);
      assertThat(hashOf(server, "bob")).startsWith("{argon2}$argon2id$");
      assertThat(logIn(server, "bob", "fourth horse").status()).isEqualTo(200);
      assertThat(hashOf(server, "bob")).as("as new ones are made here").startsWith("{bcrypt}");
      assertThat(logIn(server, "bob", "fourth horse").status()).isEqualTo(200);

      Client ada = server.anybody().bearing(login.text("access"));
      assertThat(kinds(ada, bob.json().path("user").path("id").asString("")))
          .containsExactly(
              "account.added by command",
              "link.made by command",
              "link.used by bob",
              "login.ok by bob",
              "password.changed by command",
              "login.failed by nobody",
              "login.ok by bob",
              "login.ok by bob");
    }
  }

  private static List<String> kinds(Client admin, String account) {
    return admin
        .get("/api/v1/ops/audit?account=" + account)
        .json()
        .path("entries")
        .valueStream()
        .map(entry -> {
          String actor = entry.path("actor").asString("nobody");
          return entry.path("kind").asString("") + " by " + actor.replace(account, "bob");
        })
        .toList()
        .reversed();
  }

  private static String hashOf(TestServer server, String username) {
    return server
        .bean(JdbcClient.class)
        .sql("select password_hash from user_account where username = :username")
        .param("username", username)
        .query(String.class)
        .single();
  }

  @Test
  void theFirstLinkIsGoodForAnHour(CapturedOutput log) {
    TestClock clock = TestClock.atNine();
    try (TestServer server = TestServer.startAt(clock, folder)) {
      String token = tokenIn(links(log).getFirst());

      clock.advance(Duration.ofMinutes(61));

      assertThat(setUp(server, token, "ada", "correct horse").status()).isEqualTo(410);
      assertThat(logIn(server, "ada", "correct horse").status()).isEqualTo(401);
    }
  }

  @Test
  void theDemoIsForThisMachineAndItsAccountsEndWithIt() {
    String login;
    String key;
    try (TestServer demo = TestServer.start(folder, "handoff.demo=true")) {
      assertThat(listensOnAll(demo)).isFalse();
      HttpAnswer answer = logIn(demo, "asha@demo.test", "handoff");
      login = answer.text("access");
      key =
          demo.anybody()
              .bearing(login)
              .post("/api/v1/keys", json("{'name':'k','scopes':['read']}"))
              .text("key");
      assertThat(demo.anybody().bearing(key).get("/api/v1/tasks").status()).isEqualTo(200);
    }

    try (TestServer earnest = TestServer.start(folder)) {
      assertThat(listensOnAll(earnest)).isTrue();
      assertThat(logIn(earnest, "asha@demo.test", "handoff").status()).isEqualTo(403);
      assertThat(earnest.anybody().get("/api/auth/demo-accounts/").status()).isEqualTo(404);
      for (String credential : List.of(login, key)) {
        Client demo = earnest.anybody().bearing(credential);
        assertThat(demo.get("/api/v1/tasks").status()).isEqualTo(401);
      }
      var _ = accounts("correct horse\n", "add", "ada", "--role=admin");
    }

    assertThatThrownBy(() -> TestServer.start(folder, "handoff.demo=true"))
        .hasStackTraceContaining("handoff.demo=true would let everybody in");
  }

  // Another address of this machine than the one that a demo listens on.
  private static boolean listensOnAll(TestServer server) {
    int port = java.net.URI.create(server.baseUrl()).getPort();
    try (var _ = new java.net.Socket("127.0.0.2", port)) {
      return true;
    } catch (java.net.ConnectException refused) {
      return false;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
