package dev.handoff.spring.tables;

import javax.sql.DataSource;

/// The HTTP API's own tables, migrated. A class that uses one of them takes this as a constructor
/// argument, so it is created after the migrations have run.
public final class ApiTables {
  /// Migrates the tables in this database.
  public ApiTables(DataSource database) {
    TableMigrations.run(database, "dev/handoff/spring/migrations", "handoff_api_schema_history");
  }
}
