package dev.handoff.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A copy of the store's tables beside them, made and put back while the store is open.
final class SavedTables {
  private SavedTables() {}

  /// Copies the tables that this query names.
  static void save(Connection connection, String tables) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : named(statement, tables)) {
        statement.execute("create table saved_" + table + " as select * from " + table);
      }
    }
  }

  /// Puts the copies back in one transaction, and drops them.
  static void restore(Connection connection, String tables) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String table : named(statement, tables)) {
        statement.execute("delete from " + table);
        statement.execute("insert into " + table + " select * from saved_" + table);
        statement.execute("drop table saved_" + table);
      }
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static List<String> named(Statement statement, String tables) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(tables)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
