package dev.handoff.jdbc;

import dev.handoff.HandoffException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the store's tables up to date with the numbered files beside this class. They keep their
/// own history, so the application can run migrations of its own in the same file.
final class Migrations {
  private static final String HISTORY = "handoff_schema_history";

  private final DataSource dataSource;
  private final Dialect dialect;

  /// Whose files: the folder beside this class, and the number of the last one there, which a test
  /// compares with the files.
  enum Dialect {
    SQLITE("sqlite", 1),
    POSTGRESQL("postgresql", 4);

    private final String folder;
    private final int latest;

    Dialect(String folder, int latest) {
      this.folder = folder;
      this.latest = latest;
    }

    String folder() {
      return folder;
    }

    int latest() {
      return latest;
    }
  }

  Migrations(DataSource dataSource, Dialect dialect) {
    this.dataSource = dataSource;
    this.dialect = dialect;
  }

  /// Runs what is missing. A database that is up to date costs one query.
  void run() {
    if (isUpToDate()) {
      return;
    }
    try {
      Flyway.configure()
          .dataSource(dataSource)
          .locations("classpath:dev/handoff/jdbc/migrations/" + dialect.folder)
          .table(HISTORY)
          // Where another process is at it, for as long as that takes.
          .lockRetryCount(-1)
          // The file may hold the application's tables before ours.
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new HandoffException(
          "the tables of the task store could not be brought up to date; nothing was lost, see the"
              + " cause",
          e);
    }
  }

  private boolean isUpToDate() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select success from handoff_schema_history where version = '"
                    + dialect.latest
                    + "'")) {
      return rows.next() && rows.getBoolean(1);
    } catch (SQLException noHistoryYet) {
      return false;
    }
  }
}
