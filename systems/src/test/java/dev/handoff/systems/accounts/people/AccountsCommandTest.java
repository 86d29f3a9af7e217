package dev.handoff.systems.accounts.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.systems.TestStore;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `start accounts` on a database, as somebody at a shell sees it.
final class AccountsCommandTest {
  private static final String GOOD = "correct horse";

  @TempDir private Path folder;
  private List<String> database = List.of();
  private Runnable end = () -> {};

  /// What a command printed, and its exit code.
  private record Printed(int code, String out, String err) {}

  @BeforeEach
  void inTheFolder() {
    database = List.of("--handoff.data-dir=" + folder);
  }

  @AfterEach
  void dropTheDatabase() {
    end.run();
  }

  private void on(TestStore kind) {
    if (kind == TestStore.POSTGRESQL) {
      TestDatabase made = PostgresServer.shared().newDatabase();
      end = made::drop;
      database =
          List.of(
              "--handoff.store.url=" + made.url(),
              "--handoff.store.username=" + made.username(),
              "--handoff.store.password=" + made.password());
    }
  }

  private Printed run(String input, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(database);
    int code = new AccountsCommand(new StringReader(input), print(out), print(err)).run(all);
    return new Printed(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void anAccountIsMadeChangedAndListed(TestStore kind) {
    on(kind);

    assertThat(run(GOOD + "\n", "add", "ada", "--role=admin", "--tenant=t1"))
        .isEqualTo(new Printed(0, "", ""));
    assertThat(run("", "list").out()).startsWith("ada\tadmin\tt1\tactive\t");
    assertThat(run("", "role", "ADA", "--role=instructor").code()).isZero();
    assertThat(run("", "deactivate", "ada").code()).isZero();
    assertThat(run("", "list").out()).startsWith("ada\tinstructor\tt1\tdeactivated\t");
    assertThat(run("", "activate", "ada").code()).isZero();
    assertThat(run("another horse\r\n", "password", "ada").code()).isZero();
    assertThat(run("", "sessions", "ada")).isEqualTo(new Printed(0, "", ""));
    assertThat(run("", "end-sessions", "ada")).isEqualTo(new Printed(0, "0\n", ""));
    assertThat(run("", "list").out()).startsWith("ada\tinstructor\tt1\tactive\t").hasLineCount(1);
  }

  @Test
  void aLinkIsPrintedInsteadOfAPasswordBeingRead() {
    Printed added =
        run("", "add", "ada", "--role=user", "--link", "--handoff.public-url=https://x.test");

    assertThat(added.code()).isZero();
    assertThat(added.out()).matches("https://x\\.test/setup/#password-[0-9A-Za-z_-]{43}\n");
    assertThat(run("", "password", "ada", "--link").out())
        .startsWith("http://localhost:8080/setup/#password-")
        .isNotEqualTo(added.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "password", "IloveYou1", "ada.lovelace", "tab\tinside it"})
  void aPoorPasswordIsRefused(String password) {
    Printed refused = run(password + "\n", "add", "Ada.Lovelace", "--role=user");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).containsIgnoringCase("password").hasLineCount(1);
    assertThat(run("", "list").out()).isEmpty();
  }

  @Test
  void aTakenNameAndAnUnknownOneAreRefused() {
    assertThat(run(GOOD, "add", "ada", "--role=user").code()).isZero();

    assertThat(run(GOOD, "add", "ADA", "--role=user"))
        .isEqualTo(new Printed(1, "", "The user name is taken.\n"));
    assertThat(run(GOOD, "password", "bob"))
        .isEqualTo(new Printed(1, "", "There is no account of this name.\n"));
    assertThat(run(GOOD, "add", " ada", "--role=user").code()).isEqualTo(1);
  }

  @Test
  void nothingButAddMakesADatabase() {
    Printed refused = run("", "list");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("There is no database at").contains("--handoff.data-dir");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lst",
        "list ada",
        "add",
        "add ada",
        "add ada --role=king",
        "add ada --role",
        "add ada bob --role=user",
        "add ada --role=user --password=secret",
        "add ada --role=user --link=yes",
        "role ada",
        "password",
        "end-sessions ada --role=user"
      })
  void aCommandThatIsNoneIsAnsweredWithTheUsage(String words) {
    Printed misused = run("", words.isEmpty() ? new String[0] : words.split(" ", -1));

    assertThat(misused.code()).isEqualTo(2);
    assertThat(misused.out()).isEmpty();
    assertThat(misused.err()).contains("accounts add <username> --role=user|instructor|admin");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aMisspeltSettingIsNamed() {
    Printed refused = run("", "list", "--handoff.data-dri=x");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("handoff.data-dri").contains("did you mean");
  }
}
