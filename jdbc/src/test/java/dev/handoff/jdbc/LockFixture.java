package dev.handoff.jdbc;

import static org.awaitility.Awaitility.await;

import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Transactions of an application that stay open, and a look at who waits for them.
final class LockFixture {
  private static final String WAITING =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
      """;

  private final TestDatabase data;

  LockFixture(TestDatabase data) {
    this.data = data;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long count(String query) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /// A transaction that has done this and is not over.
  Connection holding(String sql) throws SQLException {
    Connection connection = data.connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return connection;
  }

  void awaitWaiting(int sessions) {
    await().until(() -> count(WAITING) >= sessions);
  }

  /// An effect that adds one to this row of the table `counter`.
  static SqlEffect counting(int row) {
    return connection -> {
      try (PreparedStatement update =
          connection.prepareStatement("update counter set n = n + 1 where id = ?")) {
        update.setInt(1, row);
        update.executeUpdate();
      }
    };
  }
}
