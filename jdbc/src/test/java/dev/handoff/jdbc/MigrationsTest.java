package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.HandoffException;
import dev.handoff.NodeId;
import dev.handoff.Role;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.jdbc.sql.Migrations;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.Node;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

final class MigrationsTest {
  private static final String FILES = "dev/handoff/jdbc/migrations/";
  private static final TaskId TASK =
      TaskId.parse("019bd3a2-7c00-7000-8000-000000000001").orElseThrow();
  private static final TaskId ALONE =
      TaskId.parse("019bd3a2-7c00-7000-8000-000000000002").orElseThrow();
  private static final String TASK_ROW =
      """
      insert into handoff_task (
        id, type, owner, tenant, priority, state, ready, fair_start, due_at, waiting, fence, attempt, max_attempts,
        percent, usage_model, input_tokens, output_tokens, retention, created_at, updated_at, last_seq)
      values (
        '%s', 'work', 'asha', %s, 1, 'queued', true, 0, 0, 'submitted', 0, 0, 3,
        0, '', 0, 0, 1000, 0, 0, 1)
      """;
  private static final TaskId LOWEST = TaskQuery.EVERYTHING.lowest();

  @ParameterizedTest
  @EnumSource
  void knowsTheLastFile(Migrations.Dialect dialect) throws Exception {
    Path folder =
        Path.of(
            Objects.requireNonNull(
                    Migrations.class.getClassLoader().getResource(FILES + dialect.folder()))
                .toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(dialect.latest())
          .anyMatch(name -> name.startsWith("V" + dialect.latest() + "__"));
    }
  }

  @Test
  void keepsTheTasksOfAnEarlierVersionInTheirLists() throws Exception {
    TestDatabase data = PostgresServer.shared().newDatabase();
    toVersion("1", data);
    withATask(data, TASK, "'school'");
    withATask(data, ALONE, "null");

    TestClock clock = TestClock.atNine();
    try (PostgresDatabase database = PostgresDatabase.open(PostgresHarness.settings(data));
        PostgresTaskStore store = PostgresTaskStore.open(database, clock, CallerTransaction.NONE)) {
      assertThat(store.list(TaskQuery.by("asha"), Optional.empty(), 10))
          .extracting(TaskSummary::id)
          .containsExactly(ALONE, TASK);
      assertThat(store.newest(List.of("asha"), LOWEST, 10)).containsExactly(TASK, ALONE);
      assertThat(store.list(TaskQuery.EVERYTHING.inTenant("school"), Optional.empty(), 10))
          .extracting(TaskSummary::id)
          .containsExactly(TASK);
      assertThat(store.request(TASK))
          .hasValueSatisfying(it -> assertThat(it.text()).isEqualTo("1"));
    } finally {
      data.drop();
    }
  }

  @Test
  void refusesAServersTablesThatANewerVersionMade() throws Throwable {
    TestDatabase data = PostgresServer.shared().newDatabase();
    try {
      refusesWhatANewerVersionMade(
          server(data),
          Migrations.Dialect.POSTGRESQL,
          () -> PostgresDatabase.open(PostgresHarness.settings(data)).close());
    } finally {
      data.drop();
    }
  }

  @Test
  void refusesAFilesTablesThatANewerVersionMade(@TempDir Path folder) throws Throwable {
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + folder.resolve("handoff.db"));
    refusesWhatANewerVersionMade(
        file,
        Migrations.Dialect.SQLITE,
        () -> SqliteDatabase.open(SqliteSettings.at(folder.resolve("handoff.db"))).close());
  }

  @Test
  void givesATurnToWhatWasLeftWithout() throws Exception {
    TestDatabase data = PostgresServer.shared().newDatabase();
    toVersion("1", data);
    withATask(data, TASK, "null");
    execute(server(data), "update handoff_task set fair_start = null");

    TestClock clock = TestClock.atNine();
    try (PostgresDatabase database = PostgresDatabase.open(PostgresHarness.settings(data));
        PostgresTaskStore store = PostgresTaskStore.open(database, clock, CallerTransaction.NONE)) {
      assertThat(claimed(store, clock)).containsExactly(TASK);
      assertThatThrownBy(() ->
              execute(server(data), "update handoff_task set ready = true, fair_start = null"))
          .hasMessageContaining("handoff_task_has_turn");
    } finally {
      data.drop();
    }
  }

  @Test
  void givesATurnToWhatWasLeftWithoutInAFile(@TempDir Path folder) throws Exception {
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + folder.resolve("handoff.db"));
    toVersion("1", file, Migrations.Dialect.SQLITE);
    execute(file, TASK_ROW.formatted(TASK, "null").replace("true, 0", "1, null"));
    execute(file, "insert into handoff_request (task_id, body) values ('" + TASK + "', '1')");

    TestClock clock = TestClock.atNine();
    try (SqliteTaskStore store =
        SqliteTaskStore.open(SqliteSettings.at(folder.resolve("handoff.db")), clock)) {
      assertThat(claimed(store, clock)).containsExactly(TASK);
      assertThatThrownBy(
              () -> execute(file, "update handoff_task set ready = 1, fair_start = null"))
          .hasMessageContaining("has a turn");
    }
  }

  private static List<TaskId> claimed(TaskStore store, TestClock clock) {
    NodeId node = new NodeId("node");
    store.join(new Node(node, Role.ALL), clock.instant().plusSeconds(60));
    return store
        .claim(new ClaimRequest(node, List.of(new ClaimRequest.Room("work", 5)), 5))
        .stream()
        .map(claim -> claim.lease().task())
        .toList();
  }

  private static void refusesWhatANewerVersionMade(
      DataSource data, Migrations.Dialect dialect, ThrowingCallable open) throws Throwable {
    open.call();
    execute(data, record(dialect.latest() + 1, "another index  works with " + dialect.latest()));
    open.call();
    execute(
        data, record(dialect.latest() + 2, "another column  works with " + (dialect.latest() + 1)));
    assertThatThrownBy(open)
        .isInstanceOf(HandoffException.class)
        .isNotInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("version " + (dialect.latest() + 2))
        .hasMessageContaining("up to version " + dialect.latest())
        .hasMessageContaining("Start the newer");
    execute(
        data,
        "update handoff_schema_history set description = 'another column' where version = '"
            + (dialect.latest() + 2)
            + "'");
    assertThatThrownBy(open).isInstanceOf(HandoffException.class);
    execute(
        data,
        "delete from handoff_schema_history where version = '" + (dialect.latest() + 2) + "'");
    open.call();
  }

  private static String record(int version, String description) {
    return """
    insert into handoff_schema_history
      (installed_rank, version, description, type, script, installed_by, execution_time, success)
    values (%d, '%d', '%s', 'SQL', 'V%d.sql', 'newer', 1, true)
    """
        .formatted(version + 100, version, description, version);
  }

  private static void execute(DataSource data, String sql) throws SQLException {
    try (Connection connection = data.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void toVersion(String version, TestDatabase data) {
    toVersion(version, server(data), Migrations.Dialect.POSTGRESQL);
  }

  private static PGSimpleDataSource server(TestDatabase data) {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setUrl(data.url());
    server.setUser(data.username());
    server.setPassword(data.password());
    return server;
  }

  private static void toVersion(String version, DataSource database, Migrations.Dialect dialect) {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:" + FILES + dialect.folder())
        .table("handoff_schema_history")
        .target(version)
        .load()
        .migrate();
  }

  private static void withATask(TestDatabase data, TaskId task, String tenant) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(TASK_ROW.formatted(task, tenant));
      statement.execute(
          "insert into handoff_submitted (task_id, at, event, request) values ('%s', 0, '{}', '1')"
              .formatted(task));
    }
  }
}
