package dev.handoff.systems;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The systems' own tables, brought up to date. Whoever uses one of them takes this as a
/// constructor argument, and so comes after it.
///
/// The statements on them are the same for every database; only the files that make them differ,
/// because the types do.
public final class SystemsSchema {
  private static final String HISTORY = "systems_schema_history";

  /// Migrates the tables in this database. Several processes may do so at once.
  public SystemsSchema(DataSource database) {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:dev/handoff/systems/migrations/" + folder(database))
        .table(HISTORY)
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
      throw new IllegalStateException("the database of the systems' tables cannot be reached", e);
    }
  }
}
