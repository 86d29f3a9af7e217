package dev.handoff.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.testing.PostgresServer.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresServerTest {
  @Test
  void givesEachTestAnEmptyDatabase() throws SQLException {
    TestDatabase one = PostgresServer.shared().newDatabase();
    TestDatabase other = PostgresServer.shared().newDatabase();
    execute(one, "create table kept (text text)");

    assertThat(first(other, "select count(*) from pg_tables where schemaname = 'public'"))
        .isEqualTo("0");

    try (Connection open = one.connect()) {
      one.drop();
      assertThatThrownBy(() -> open.createStatement().execute("select 1"))
          .isInstanceOf(SQLException.class);
    }
    other.drop();
    assertThatThrownBy(other::connect).isInstanceOf(SQLException.class);
  }

  @Test
  void endsSessions() throws SQLException {
    TestDatabase data = PostgresServer.shared().newDatabase();
    try (Connection named = data.connect();
        Connection other = data.connect()) {
      named.createStatement().execute("set application_name = 'it''s named'");

      assertThat(data.endSessions("it's named")).isEqualTo(1);
      assertThatThrownBy(() -> named.createStatement().execute("select 1"))
          .isInstanceOf(SQLException.class);
      assertThat(other.createStatement().execute("select 1")).isTrue();

      assertThat(data.endSessions()).isEqualTo(1);
      assertThatThrownBy(() -> other.createStatement().execute("select 1"))
          .isInstanceOf(SQLException.class);
    }
    data.drop();
  }

  @Test
  void aServerOfOnesOwnGoesAwayAndComesBackWithItsData() throws SQLException {
    try (PostgresServer server = PostgresServer.own(Durability.DURABLE)) {
      TestDatabase data = server.newDatabase();
      assertThat(first(data, "show fsync")).isEqualTo("on");
      execute(data, "create table kept (text text)");
      execute(data, "insert into kept values ('before the stop')");

      server.stop();
      assertThatThrownBy(data::connect).isInstanceOf(SQLException.class);
      server.startAgain();
      assertThat(first(data, "select text from kept")).isEqualTo("before the stop");

      execute(data, "update kept set text = 'before the crash'");
      server.crash();
      assertThatThrownBy(data::connect).isInstanceOf(SQLException.class);
      server.startAgain();
      assertThat(first(data, "select text from kept")).isEqualTo("before the crash");

      server.restart();
      assertThat(first(data, "select text from kept")).isEqualTo("before the crash");
    }
  }

  @Test
  void aCrashedServerIsNotTakenForTheProcessThatGetsItsNumber(@TempDir Path folder) {
    Path data = folder.resolve("data");
    try (PostgresServer server = PostgresServer.own(Durability.UNSYNCED, data)) {
      assertThat(data.resolve("postmaster.pid")).exists();

      server.crash();

      assertThat(data.resolve("postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void tellsWhatTheServerSaidWhenItDoesNotStart(@TempDir Path data) throws IOException {
    Files.createFile(data.resolve("somebody's"));

    assertThatThrownBy(() -> PostgresServer.own(Durability.UNSYNCED, data))
        .cause()
        .hasMessageContaining("exists but is not empty");
  }

  @Test
  void takesTheLoginOutOfTheUrl() {
    PostgresAddress address =
        PostgresAddress.parse(
            "jdbc:postgresql://db:5433/postgres?user=me&ssl=false&password=a%26b");

    assertThat(address.with("other"))
        .isEqualTo(new PostgresAddress("jdbc:postgresql://db:5433/other?ssl=false", "me", "a&b"));
    assertThat(PostgresAddress.parse("jdbc:postgresql://db").with("other").url())
        .isEqualTo("jdbc:postgresql://db/other");
    assertThatThrownBy(() -> PostgresAddress.parse("postgres://db"))
        .hasMessageContaining("jdbc:postgresql://host");
  }

  private static void execute(TestDatabase data, String sql) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String first(TestDatabase data, String sql) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
