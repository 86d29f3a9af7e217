package dev.handoff.systems;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The systems' own tables, brought up to date. Whoever uses one of them takes this as a
/// constructor argument, and so comes after it.
public final class SystemsSchema {
  private static final String HISTORY = "systems_schema_history";

  /// Migrates the tables in this database.
  public SystemsSchema(DataSource database) {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:dev/handoff/systems/migrations")
        .table(HISTORY)
        // The engine's tables and their history are in the same file.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
