package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.NodeId;
import dev.handoff.Role;
import dev.handoff.TimeSource;
import dev.handoff.store.Node;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A node's sign of life, as the others see it.
final class PostgresSignsTest {
  private static final NodeId NODE = new NodeId("worker");

  private final TestDatabase data = EmptyDatabases.take();

  @AfterEach
  void close() throws SQLException {
    execute("alter table handoff_node drop constraint if exists shown");
    EmptyDatabases.giveBack(data);
  }

  @Test
  void theLockIsHeldWhenTheNodeIsInTheTable() throws SQLException {
    TimeSource clock = TimeSource.system();
    try (PostgresDatabase database =
            PostgresDatabase.open(
                PostgresSettings.at(data.url(), data.username(), data.password()));
        PostgresTaskStore store = PostgresTaskStore.open(database, clock, CallerTransaction.NONE)) {
      store.join(new Node(NODE, Role.ALL), clock.instant().plus(Duration.ofMinutes(1)));

      assertThat(nodesWithTheirLocks()).isEqualTo(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int nodesWithTheirLocks() throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select count(*) from handoff_node n
                join pg_locks l on l.locktype = 'advisory' and l.granted
                  and (cast(l.classid as bigint) << 32) | cast(l.objid as bigint) = n.lock_key
                join pg_database d on d.oid = l.database and d.datname = current_database()
                """)) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }
}
