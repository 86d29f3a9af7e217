package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.NodeId;
import dev.handoff.Role;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.postgres.NodeTable;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sql.TextForm;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node's sign of life, as the others see it.
final class LivenessLocksTest {
  private static final NodeId NODE = new NodeId("worker");
  private static final NodeId OTHER = new NodeId("other");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final TestDatabase data = EmptyDatabases.take();
  private final TimeSource clock = TimeSource.system();
  private final String role = data.url().replaceAll("^.*/|\\?.*$", "") + "_signs";
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @BeforeEach
  void createRole() throws SQLException {
    // With its rights, so that the tables stay the other login's.
    execute("create role " + role + " login superuser");
  }

  @AfterEach
  void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    execute("drop role " + role);
    EmptyDatabases.giveBack(data);
  }

  @Test
  void theLockIsHeldWhenTheNodeIsInTheTable() throws SQLException {
    PostgresTaskStore store = open(data.username());

    store.join(new Node(NODE, Role.ALL), aLongTimeOn());

    assertThat(nodesWithTheirLocks()).isEqualTo(1);
  }

  @Test
  void aNodeThatRejoinsWithoutItsSessionPromisesNoLock() throws SQLException {
    open(data.username());
    PostgresTaskStore store = open(role);
    store.join(new Node(NODE, Role.ALL), aLongTimeOn());
    loseSession(store);
    execute("delete from handoff_node");

    assertThat(store.renew(NODE, aLongTimeOn())).isFalse();
    store.join(new Node(NODE, Role.ALL), aLongTimeOn());

    assertThat(promises()).isZero();
    execute("alter role " + role + " login");
    await().atMost(PATIENCE).until(() -> nodesWithTheirLocks() == 1);
  }

  @Test
  void nobodyIsDeadWhoCannotHaveItsSessionBack() throws SQLException {
    await().atMost(PATIENCE).until(this::serverIsOlderThanTenSeconds);
    PostgresTaskStore other = open(data.username());
    other.join(new Node(OTHER, Role.ALL), aLongTimeOn());
    PostgresTaskStore store = open(role);
    store.join(new Node(NODE, Role.ALL), aLongTimeOn());
    NewTask task = aTask().at(clock.instant());
    store.submit(List.of(task));
    assertThat(store.claim(task.id(), NODE)).isPresent();
    assertThat(nodesWithTheirLocks()).isEqualTo(2);

    loseSession(store);

    await()
        .during(Duration.ofSeconds(3))
        .atMost(PATIENCE)
        .until(() -> other.rescue(OTHER, 10).equals(new RescueResult(0, 0)));
    assertThat(store.renew(NODE, aLongTimeOn())).isTrue();
    assertThat(promises()).isEqualTo(1);
    execute("alter role " + role + " login");
    await().atMost(PATIENCE).until(() -> nodesWithTheirLocks() == 2);
  }

  @Test
  void aPromiseThatNobodyMadeIsTakenBack() throws SQLException {
    open(data.username());
    PostgresTaskStore store = open(role);
    store.join(new Node(NODE, Role.ALL), aLongTimeOn());
    loseSession(store);
    await().atMost(PATIENCE).until(() -> promises() == 0);

    execute("update handoff_node set lock_key = 1");

    await().atMost(PATIENCE).until(() -> promises() == 0);
  }

  @Test
  void whoShowsItsLockAgainIsNotTakenForDeadByAnOldLook() throws SQLException {
    PostgresTaskStore store = open(role);
    store.join(new Node(NODE, Role.ALL), aLongTimeOn());
    var gone = new NodeTable.LapsedNodes(Instant.EPOCH, List.of(NODE.value()), OTHER);

    try (Connection connection = data.connect();
        SqlSession session = new SqlSession(connection, TextForm.WITHOUT_NUL)) {
      WriteTransaction writing =
          new WriteTransaction(session, clock.instant(), new Announcements());
      assertThat(NodeTable.rescue(writing, gone, 10)).isEqualTo(new RescueResult(0, 0));
    }

    assertThat(store.renew(NODE, aLongTimeOn())).isTrue();
  }

  private Instant aLongTimeOn() {
    return clock.instant().plus(LONG);
  }

  private PostgresTaskStore open(String username) {
    PostgresDatabase database =
        PostgresDatabase.open(PostgresSettings.at(data.url(), username, data.password()));
    opened.push(database);
    PostgresTaskStore store = PostgresTaskStore.open(database, clock, CallerTransaction.NONE);
    opened.push(store);
    return store;
  }

  // The pool goes on with what it has.
  private void loseSession(PostgresTaskStore store) throws SQLException {
    assertThat(store.hasWorkers()).isTrue();
    execute("alter role " + role + " nologin");
    assertThat(
            number(
                "select count(*) from (select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                    + " where application_name = 'handoff session' and usename = '"
                    + role
                    + "') as ended"))
        .isEqualTo(1);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private boolean serverIsOlderThanTenSeconds() throws SQLException {
    return number("select count(*) where now() > pg_postmaster_start_time() + interval '11 s'")
        == 1;
  }

  private long promises() throws SQLException {
    return number("select count(*) from handoff_node where lock_key is not null");
  }

  private long nodesWithTheirLocks() throws SQLException {
    return number(
        """
        select count(*) from handoff_node n
        join pg_locks l on l.locktype = 'advisory' and l.granted
          and (cast(l.classid as bigint) << 32) | cast(l.objid as bigint) = n.lock_key
        join pg_database d on d.oid = l.database and d.datname = current_database()
        """);
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
