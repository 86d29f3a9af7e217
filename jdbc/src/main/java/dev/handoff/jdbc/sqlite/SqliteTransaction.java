package dev.handoff.jdbc.sqlite;

import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteConnection;

/// Begin, commit and rollback on the driver. The driver's own commit() begins the next transaction
/// at once and so would hold SQLite's write lock while nothing is written; switching auto-commit
/// does not.
public final class SqliteTransaction {
  private SqliteTransaction() {}

  /// Begins with SQLite's write lock, so that nothing after it can find the database busy.
  static void beginWriting(SQLiteConnection connection) throws SQLException {
    begin(connection, TransactionMode.IMMEDIATE);
  }

  /// Begins without the write lock.
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

  /// Commits, or rolls back and throws.
  static void commit(SQLiteConnection connection) throws SQLException {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      rollback(connection);
      throw e;
    }
  }

  /// Forgets what was written since the beginning.
  static void rollback(SQLiteConnection connection) {
    connection.getConnectionConfig().setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("rollback");
    } catch (SQLException alreadyRolledBack) {
      // SQLite itself rolls back after some errors, a full disk among them.
    }
  }
}
