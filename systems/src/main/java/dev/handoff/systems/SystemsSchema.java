package dev.handoff.systems;

import dev.handoff.spring.tables.TableMigrations;
import javax.sql.DataSource;

/// The systems' own tables, migrated. A class that uses one of them takes this as a constructor
/// argument, so it is created after the migrations have run.
public final class SystemsSchema {
  /// Migrates the tables in this database. Several processes may do so at once.
  public SystemsSchema(DataSource database) {
    TableMigrations.run(database, "dev/handoff/systems/migrations", "systems_schema_history");
  }
}
