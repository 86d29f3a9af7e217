package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Role;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.jdbc.sql.Migrations;
import dev.handoff.store.Claim;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import dev.handoff.testing.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDatabaseTest {
  private static final NodeId NODE = new NodeId("node-1");

  @TempDir private Path folder;
  private final TestClock clock = TestClock.atNine();

  private SqliteSettings settings() {
    return SqliteSettings.at(folder.resolve("new/folder/handoff.db"));
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Test
  void migratesAnEmptyFileOnce() throws SQLException {
    for (int i = 0; i < 2; i++) {
      try (SqliteDatabase database = SqliteDatabase.open(settings());
          Connection connection = database.dataSource().getConnection()) {
        assertThat(column(connection, "select version from handoff_schema_history"))
            .containsExactlyElementsOf(
                IntStream.rangeClosed(1, Migrations.Dialect.SQLITE.latest())
                    .mapToObj(Integer::toString)
                    .toList());
        assertThat(column(connection, "pragma journal_mode")).containsExactly("wal");
        assertThat(column(connection, "pragma synchronous")).containsExactly("2");
        assertThat(column(connection, "pragma foreign_keys")).containsExactly("1");
      }
    }
  }

  @Test
  void movesInWithAnApplicationThatWasThereBefore() throws SQLException {
    Path file = folder.resolve("app.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("create table account (id integer primary key)");
      statement.execute("insert into account values (7)");
    }

    try (SqliteDatabase database = SqliteDatabase.open(SqliteSettings.at(file));
        Connection connection = database.dataSource().getConnection()) {
      assertThat(column(connection, "select id from account")).containsExactly("7");
      assertThat(column(connection, "select count(*) from handoff_task")).containsExactly("0");
    }
  }

  @Test
  void leavesNothingOfATemporaryDatabaseButItsLock() throws Exception {
    Path file = folder.resolve("handoff.db");
    try (SqliteTaskStore store =
        SqliteTaskStore.open(SqliteSettings.temporary(file), TestClock.atNine())) {
      store.submit(List.of(aTask().at(clock.instant())));
      assertThat(file).exists();
    }

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(left -> left.getFileName().toString()))
          .containsExactly("handoff.db.lock");
    }
  }

  @Test
  void letsTasksOfAFormerProcessBeRescuedAtOnce() {
    NewTask task = aTask().at(clock.instant());
    try (SqliteTaskStore store = SqliteTaskStore.open(settings(), clock)) {
      store.join(new Node(NODE, Role.ALL), clock.instant().plusSeconds(60));
      store.submit(List.of(task));
      assertThat(store.claim(task.id(), NODE)).isPresent();
    }

    try (SqliteTaskStore store = SqliteTaskStore.open(settings(), clock)) {
      assertThat(store.hasWorkers()).isFalse();
      assertThat(store.rescue(new NodeId("next"), 10)).isEqualTo(new RescueResult(1, 0));
    }
  }

  @Test
  void saysThatTheDiskIsFullAndGoesOnWhenItIsNot() {
    try (SqliteTaskStore store = SqliteTaskStore.open(settings(), clock)) {
      store.join(new Node(NODE, Role.ALL), clock.instant().plusSeconds(60));
      limitPages(store, 120);
      NewTask large = aTask().asking("x".repeat(1 << 20)).at(clock.instant());
      NewTask small = aTask().at(clock.instant());

      assertThatThrownBy(() -> store.submit(List.of(large)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("disk of the task store is full")
          .hasMessageNotContaining("insert")
          .hasMessageNotContaining("handoff.db");
      assertThat(store.find(large.id())).isEmpty();
      store.submit(List.of(small));
      assertThat(store.find(small.id())).isPresent();

      limitPages(store, 1_000_000);
      store.submit(List.of(large));
      assertThat(store.request(large.id())).contains(large.request());
    }
  }

  // The limit belongs to a connection, and an effect is how a test gets at the writer's.
  private void limitPages(SqliteTaskStore store, int pages) {
    NewTask task = aTask().at(clock.instant());
    store.submit(List.of(task));
    Claim claim = store.claim(task.id(), NODE).orElseThrow();
    SqlEffect limit = connection -> column(connection, "pragma max_page_count = " + pages);
    assertThat(
            store.append(
                claim.lease(), List.of(new TaskCompleted(new Payload(""))), List.of(limit)))
        .isTrue();
  }

  @Test
  void doesNotLetAnEffectEndItsTransaction() {
    try (SqliteTaskStore store = SqliteTaskStore.open(settings(), clock)) {
      store.join(new Node(NODE, Role.ALL), clock.instant().plusSeconds(60));
      NewTask task = aTask().at(clock.instant());
      store.submit(List.of(task));
      Claim claim = store.claim(task.id(), NODE).orElseThrow();
      SqlEffect committing = Connection::commit;
      SqlEffect closing =
          connection -> {
            assertThat(connection.getAutoCommit()).isFalse();
            connection.close();
          };
      List<TaskEvent> done = List.of(new TaskCompleted(new Payload("")));

      assertThatThrownBy(() -> store.append(claim.lease(), done, List.of(committing)))
          .hasRootCauseMessage(
              "an effect is part of the transaction that finishes its task and cannot call"
                  + " commit; throw an exception to undo it");
      assertThat(store.append(claim.lease(), done, List.of(closing))).isTrue();
    }
  }
}
