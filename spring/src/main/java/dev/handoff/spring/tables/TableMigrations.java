package dev.handoff.spring.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings a part's own tables up to date: numbered files in a folder for each database, with a
/// history of their own. Several processes may do so at once.
public final class TableMigrations {
  private TableMigrations() {}

  /// Runs what is missing of the files under `location`, which has the folders `sqlite` and
  /// `postgresql`, and notes it in the table `history`.
  ///
  /// @throws org.flywaydb.core.api.FlywayException when a file fails
  public static void run(DataSource database, String location, String history) {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:" + location + "/" + folder(database))
        .table(history)
        // The engine's tables and their history are in the same database.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  // The folders are named like the products: sqlite, postgresql.
  private static String folder(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be reached", e);
    }
  }
}
