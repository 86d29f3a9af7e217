package dev.handoff.spring.tables;

import javax.sql.DataSource;

/// The HTTP API's own tables, migrated. A class that uses one of them takes this as a constructor
/// argument, so that the migration runs first.
///
/// The statements on them are the same for every database; only the files that make them differ,
/// because the types do.
public final class ApiTables {
  /// Migrates the tables in this database.
  public ApiTables(DataSource database) {
    TableMigrations.run(database, "dev/handoff/spring/migrations", "handoff_api_schema_history");
  }
}
