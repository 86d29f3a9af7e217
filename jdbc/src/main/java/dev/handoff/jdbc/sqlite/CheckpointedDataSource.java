package dev.handoff.jdbc.sqlite;

import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/// Connections that copy the write-ahead log back when it has this many pages. By a statement:
/// applications bring their own version of the driver, and older ones have no setting for it.
public final class CheckpointedDataSource extends SQLiteDataSource {
  private final int pages;

  public CheckpointedDataSource(SQLiteConfig config, int pages) {
    super(config);
    this.pages = pages;
  }

  @Override
  public SQLiteConnection getConnection(String username, String password) throws SQLException {
    SQLiteConnection connection = super.getConnection(username, password);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma wal_autocheckpoint = " + pages);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
