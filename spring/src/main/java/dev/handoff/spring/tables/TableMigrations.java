package dev.handoff.spring.tables;

import dev.handoff.jdbc.QuietDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Migrates a module's own tables with numbered files, which are the same for SQLite and PostgreSQL
/// and have a history of their own. Several processes may do so at once.
public final class TableMigrations {
  private static final String SQLITE_ID = "integer not null primary key autoincrement";
  private static final String POSTGRES_ID =
      "bigint not null generated always as identity primary key";

  private TableMigrations() {}

  /// Runs the missing files under `location` and records them in the table `history`. SQLite takes
  /// the types of PostgreSQL (`bigint`, `boolean`, `double precision`). The placeholder
  /// `${generatedId}` is the type of a primary key that the database counts up.
  ///
  /// @throws org.flywaydb.core.api.FlywayException when a file fails
  public static void run(DataSource database, String location, String history) {
    Flyway.configure()
        .dataSource(QuietDataSource.of(database)) // its URL is logged
        .locations("classpath:" + location)
        .placeholders(Map.of("generatedId", isSqlite(database) ? SQLITE_ID : POSTGRES_ID))
        .table(history)
        // The engine's tables and their history are in the same database.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        // An "alter table" of SQLite's answers with rows of its own, which would be logged.
        .outputQueryResults(false)
        .load()
        .migrate();
  }

  private static boolean isSqlite(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().equals("SQLite");
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be reached", e);
    }
  }
}
