package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.HandoffException;
import dev.handoff.StoreUnavailableException;
import dev.handoff.store.NewTask;
import dev.handoff.store.StateCount;
import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplicationTransactionsTest {
  @TempDir private Path folder;
  private final TestClock clock = TestClock.atNine();
  private SqliteDatabase database;
  private DataSource dataSource;
  private Transactions transactions;
  private SqliteTaskStore store;

  @BeforeEach
  void open() throws SQLException {
    open(SqliteSettings.at(folder.resolve("handoff.db")));
    update("create table account (id integer primary key, tokens integer not null)");
    update("insert into account values (1, 0)");
  }

  private void open(SqliteSettings settings) {
    database = SqliteDatabase.open(settings);
    dataSource = database.dataSource();
    transactions = new Transactions(dataSource);
    store = SqliteTaskStore.open(database, clock, transactions);
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  private NewTask task() {
    return aTask().at(clock.instant());
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      update(connection, sql);
    }
  }

  private static void update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static int tokens(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("select tokens from account where id = 1");
        ResultSet rows = statement.executeQuery()) {
      return rows.getInt(1);
    }
  }

  private int tokens() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return tokens(connection);
    }
  }

  @Test
  void takeTurnsWithTheStore() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(() -> repeat(() -> store.submit(List.of(task())))));
        all.add(threads.submit(() -> repeat(this::readAndWrite)));
        all.add(threads.submit(() -> repeat(this::submitWithin)));
        all.add(
            threads.submit(
                () -> repeat(() -> update("update account set tokens = tokens + 1 where id = 1"))));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }

    assertThat(tokens()).isEqualTo(3 * 8 * 25);
    assertThat(store.counts()).containsExactly(new StateCount("chat", "queued", 2 * 8 * 25));
  }

  private interface TransactionBody {
    void run() throws SQLException;
  }

  private static Void repeat(TransactionBody work) throws SQLException {
    for (int i = 0; i < 25; i++) {
      work.run();
    }
    return null;
  }

  // With a lock taken late this would lose updates or find the database busy.
  private void readAndWrite() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      int before = tokens(connection);
      update(connection, "update account set tokens = " + (before + 1) + " where id = 1");
      connection.commit();
    }
  }

  private void submitWithin() throws SQLException {
    transactions.inTransaction(connection -> {
      update(connection, "update account set tokens = tokens + 1 where id = 1");
      return store.submit(List.of(task()));
    });
  }

  @Test
  void beginAnewAfterEachCommitAndRollback() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      update(connection, "update account set tokens = 1");
      connection.commit();
      store.submit(List.of(task()));
      update(connection, "update account set tokens = 2");
      connection.rollback();
      store.submit(List.of(task()));
      update(connection, "update account set tokens = tokens + 10");
      connection.setAutoCommit(true);
      store.submit(List.of(task()));
      connection.setAutoCommit(false);
      update(connection, "update account set tokens = 5");
    }

    store.submit(List.of(task()));
    assertThat(tokens()).isEqualTo(11);
  }

  @Test
  void failAtOnceWhereTheyWouldWaitForThemselves() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      update(connection, "update account set tokens = 1");

      assertThatThrownBy(() -> store.submit(List.of(task())))
          .isInstanceOf(HandoffException.class)
          .hasMessageContaining("within the transaction");
      assertThatThrownBy(() -> update("update account set tokens = 2"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("wait for itself");

      connection.commit();
    }
    store.submit(List.of(task()));
    assertThat(tokens()).isEqualTo(1);
  }

  @Test
  void doNotHoldTheStoreUpForEver() throws Exception {
    close();
    open(SqliteSettings.at(folder.resolve("handoff.db")).withTurn(Duration.ofMillis(500)));
    try (Connection connection = dataSource.getConnection();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      connection.setAutoCommit(false);
      update(connection, "update account set tokens = 1");

      Future<?> submit = threads.submit(() -> store.submit(List.of(task())));
      Future<?> other =
          threads.submit(() -> {
            update("update account set tokens = 2");
            return true;
          });

      assertThatThrownBy(submit::get)
          .hasCauseInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("keep transactions short");
      assertThatThrownBy(other::get).hasCauseInstanceOf(SQLTransientException.class);
      connection.rollback();
    }
    store.submit(List.of(task()));
  }

  @Test
  void needNoTurnToRead() throws SQLException {
    try (Connection writing = dataSource.getConnection();
        Connection reading = dataSource.getConnection()) {
      writing.setAutoCommit(false);
      update(writing, "update account set tokens = 1");
      reading.setReadOnly(true);
      reading.setAutoCommit(false);

      assertThat(tokens(reading)).isZero();
      writing.commit();
      assertThat(tokens(reading)).isZero();
      reading.commit();
      assertThat(tokens(reading)).isEqualTo(1);

      assertThatThrownBy(() -> update(reading, "update account set tokens = 2"))
          .isInstanceOf(SQLException.class);
      reading.rollback();
      reading.setReadOnly(false);
      update(reading, "update account set tokens = 3");
      reading.commit();
    }
    assertThat(tokens()).isEqualTo(3);
  }

  @Test
  void mayNotSubmitWhereTheyMayOnlyRead() throws SQLException {
    transactions.inTransaction(connection -> {
      connection.setReadOnly(true);
      assertThatThrownBy(() -> store.submit(List.of(task())))
          .isExactlyInstanceOf(HandoffException.class)
          .hasMessageContaining("read-only");
      return true;
    });

    assertThat(store.counts()).isEmpty();
    store.submit(List.of(task()));
  }

  @Test
  void mayNotSubmitWhileTheConnectionIsSetToQueriesOnly() throws SQLException {
    transactions.inTransaction(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma query_only = on");
        assertThatThrownBy(() -> store.submit(List.of(task())))
            .isExactlyInstanceOf(HandoffException.class)
            .hasMessageContaining("read-only");
        statement.execute("pragma query_only = off");
      }
      return true;
    });

    assertThat(store.counts()).isEmpty();
  }

  @Test
  void throwWhatTheirWorkThrewWhateverTheRollbackSays() {
    IllegalStateException changed = new IllegalStateException("changed my mind");

    assertThatThrownBy(() ->
            transactions.inTransaction(connection -> {
              connection.close();
              throw changed;
            }))
        .isSameAs(changed);
  }

  @Test
  void areOneWhenTheyAreNested() throws SQLException {
    AtomicInteger committed = new AtomicInteger();

    assertThatThrownBy(() ->
            transactions.inTransaction(outer -> {
              transactions.inTransaction(inner -> {
                assertThat(inner).isSameAs(outer);
                update(inner, "update account set tokens = 1");
                transactions.afterCommit(committed::incrementAndGet);
                return true;
              });
              throw new SQLException("changed my mind");
            }))
        .isInstanceOf(SQLException.class);
    assertThat(tokens()).isZero();
    assertThat(committed).hasValue(0);

    transactions.inTransaction(connection -> {
      transactions.afterCommit(committed::incrementAndGet);
      assertThat(committed).hasValue(0);
      update(connection, "update account set tokens = 2");
      return true;
    });
    assertThat(committed).hasValue(1);
    assertThatThrownBy(() -> transactions.afterCommit(committed::incrementAndGet))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mayUseSavepoints() throws SQLException {
    transactions.inTransaction(connection -> {
      var savepoint = connection.setSavepoint();
      update(connection, "update account set tokens = 1");
      connection.rollback(savepoint);
      update(connection, "update account set tokens = tokens + 2");
      return true;
    });

    assertThat(tokens()).isEqualTo(2);
  }
}
