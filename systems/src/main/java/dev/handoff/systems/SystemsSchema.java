package dev.handoff.systems;

import dev.handoff.spring.tables.TableMigrations;
import javax.sql.DataSource;

/// The systems' own tables, brought up to date. Whoever uses one of them takes this as a
/// constructor argument, and so comes after it.
///
/// The statements on them are the same for every database; only the files that make them differ,
/// because the types do.
public final class SystemsSchema {
  /// Migrates the tables in this database. Several processes may do so at once.
  public SystemsSchema(DataSource database) {
    TableMigrations.run(database, "dev/handoff/systems/migrations", "systems_schema_history");
  }
}
