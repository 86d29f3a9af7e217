package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.HandoffException;
import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Role;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.store.EffectFailedException;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A server that stops what takes too long, and transactions that may not write.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class PostgresRefusalTest {
  private static final NodeId NODE = new NodeId("worker");

  private final TestClock clock = TestClock.atNine();
  private final TestDatabase data = EmptyDatabases.take();
  private final LockFixture locks = new LockFixture(data);
  private final PostgresDatabase database =
      PostgresDatabase.open(
          PostgresSettings.at(
                  data.url() + "?options=-c%20statement_timeout=300",
                  data.username(),
                  data.password())
              .withConnections(6)
              .withNotifications(false));
  private final Transactions transactions = new Transactions(database.dataSource());
  private final PostgresTaskStore store = PostgresTaskStore.open(database, clock, transactions);

  @BeforeEach
  void join() {
    store.join(new Node(NODE, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
    EmptyDatabases.giveBack(data);
  }

  private NewTask task() {
    return aTask().at(clock.instant());
  }

  private Lease started() {
    NewTask task = task();
    store.submit(List.of(task));
    return store.claim(task.id(), NODE).orElseThrow().lease();
  }

  private boolean finish(Lease lease, SqlEffect... effects) {
    TaskEvent done = new TaskCompleted(new Payload("42"));
    return store.append(lease, List.of(done), List.of(effects));
  }

  @Test
  void aStatementThatIsStoppedCanBeGivenAgain() throws SQLException {
    Lease lease = started();
    try (Connection _ = locks.holding("lock table handoff_task in access exclusive mode")) {
      assertThatThrownBy(() -> store.append(lease, List.of(new ChunkEmitted("x")), List.of()))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> store.saveStep(lease, "step", new Payload("1")))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> finish(lease, _ -> {}))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> store.submit(List.of(task())))
          .isInstanceOf(StoreUnavailableException.class);
    }

    assertThat(store.append(lease, List.of(new ChunkEmitted("x")), List.of())).isTrue();
    assertThat(store.saveStep(lease, "step", new Payload("1"))).isTrue();
    assertThat(finish(lease, _ -> {})).isTrue();
  }

  @Test
  void anEffectThatIsStoppedHasFailed() {
    Lease lease = started();

    assertThatThrownBy(() -> finish(lease, connection -> sleep(connection)))
        .isInstanceOf(EffectFailedException.class)
        .hasCauseInstanceOf(SQLException.class);

    assertThat(finish(lease)).isTrue();
  }

  private static void sleep(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_sleep(10)");
    }
  }

  @Test
  void anEffectThatFindsNoRoomCanBeRunAgain() {
    Lease lease = started();
    for (String state : List.of("53100", "53200", "58030")) {
      assertThatThrownBy(() -> finish(lease, _ -> outOfRoom(state)))
          .isInstanceOf(StoreUnavailableException.class);
    }

    assertThat(finish(lease, _ -> {})).isTrue();
  }

  private static void outOfRoom(String state) throws SQLException {
    throw new SQLException("could not extend file", state);
  }

  @Test
  void whateverAnEffectThrowsIsTheEffects() {
    Lease lease = started();
    Error error = new StackOverflowError("deep");
    StoreUnavailableException elsewhere =
        new StoreUnavailableException("another store is away", Duration.ofSeconds(1));

    assertThatThrownBy(() -> finish(lease, throwing(error)))
        .isInstanceOf(EffectFailedException.class)
        .cause()
        .isSameAs(error);
    assertThatThrownBy(() -> finish(lease, throwing(elsewhere)))
        .isInstanceOf(EffectFailedException.class)
        .cause()
        .isSameAs(elsewhere);

    assertThat(finish(lease)).isTrue();
  }

  private static SqlEffect throwing(Throwable thrown) {
    return _ -> {
      switch (thrown) {
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        default -> throw new IllegalArgumentException(thrown);
      }
    };
  }

  @Test
  void anEffectWhoseConnectionBreaksIsRunAgainWhateverItSays() {
    Lease lease = started();
    int[] runs = new int[1];

    assertThat(
            finish(
                lease,
                connection -> {
                  if (runs[0]++ == 0) {
                    try {
                      cutOff(connection);
                    } catch (SQLException hidden) {
                      throw new IllegalStateException("it did not work out");
                    }
                  }
                }))
        .isTrue();

    assertThat(runs[0]).isEqualTo(2);
  }

  private static void cutOff(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_terminate_backend(pg_backend_pid())");
    }
  }

  @Test
  void aTransactionThatMayNotWriteIsTheCallersMistake() throws SQLException {
    Lease lease = started();
    assertThat(store.budgets().add("asha", 10, "paid")).isTrue();
    transactions.inTransaction(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set transaction read only");
      }
      assertReadOnly(() -> store.submit(List.of(task())));
      assertReadOnly(() -> store.submit(List.of(aTask().joinedBy("same").at(clock.instant()))));
      assertReadOnly(() -> store.budgets().reserve(lease, "asha", 5));
      assertReadOnly(() -> store.budgets().add("ben", 5, "paid"));
      return true;
    });
    transactions.inTransaction(connection -> store.submit(List.of(task())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter role current_user in database \"%s\" %s default_transaction_read_only %s",
        "alter database \"%s\" %s default_transaction_read_only %s"
      })
  void aTransactionThatIsReadOnlyByDefaultIsTheCallersMistake(String setting) throws SQLException {
    String name = data.url().substring(data.url().lastIndexOf('/') + 1);
    PGSimpleDataSource callers = new PGSimpleDataSource();
    callers.setUrl(data.url());
    callers.setUser(data.username());
    callers.setPassword(data.password());
    Transactions readers = new Transactions(callers);
    try (PostgresTaskStore joining = PostgresTaskStore.open(database, clock, readers);
        Connection admin = data.connect();
        Statement statement = admin.createStatement()) {
      statement.execute(setting.formatted(name, "set", "= on"));
      try {
        readers.inTransaction(connection -> {
          assertReadOnly(() -> joining.submit(List.of(task())));
          return true;
        });
      } finally {
        statement.execute(setting.formatted(name, "reset", ""));
      }
    }
  }

  private static void assertReadOnly(Runnable call) {
    assertThatThrownBy(call::run)
        .isExactlyInstanceOf(HandoffException.class)
        .hasMessageContaining("read-only");
  }

  @Test
  void aServerThatTakesNoWritesIsAway() throws SQLException {
    try (PostgresDatabase standby =
            PostgresDatabase.open(
                PostgresSettings.at(
                    data.url() + "?options=-c%20default_transaction_read_only=on",
                    data.username(),
                    data.password()));
        Connection connection = data.connect()) {
      assertThatThrownBy(
              () -> {
                try (PostgresTaskStore stopped =
                    PostgresTaskStore.open(standby, clock, CallerTransaction.NONE)) {
                  stopped.submit(List.of(task()));
                }
              })
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(connection.isValid(1)).isTrue();
    }
  }
}
