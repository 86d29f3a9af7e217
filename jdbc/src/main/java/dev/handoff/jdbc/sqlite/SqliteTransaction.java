package dev.handoff.jdbc.sqlite;

import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteConnection;

/// Begin, commit and rollback with the driver. The driver's own commit() begins the next
/// transaction at once, which would hold the write lock while nothing is written; switching
/// auto-commit does not.
public final class SqliteTransaction {
  private SqliteTransaction() {}

  /// Begins with SQLite's write lock, so that no later statement finds the database busy.
  static void beginWriting(SQLiteConnection connection) throws SQLException {
    begin(connection, TransactionMode.IMMEDIATE);
  }

  static void beginReading(SQLiteConnection connection) throws SQLException {
    begin(connection, TransactionMode.DEFERRED);
  }

  private static void begin(SQLiteConnection connection, TransactionMode mode) throws SQLException {
    connection.getConnectionConfig().setTransactionMode(mode);
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      // The driver notes the switch before it begins.
      connection.getConnectionConfig().setAutoCommit(true);
      throw e;
    }
  }

  static void commit(SQLiteConnection connection) throws SQLException {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      rollback(connection);
      throw e;
    }
  }

  static void rollback(SQLiteConnection connection) {
    connection.getConnectionConfig().setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("rollback");
    } catch (SQLException alreadyRolledBack) {
      // SQLite itself rolls back after some errors, a full disk among them.
    }
  }
}
