/// Task stores in SQL, as applications use them: open a [dev.handoff.jdbc.SqliteDatabase] or a
/// [dev.handoff.jdbc.PostgresDatabase], and in it a store. Depends on core, JDBC and Jackson, and
/// on nothing of Spring.
///
/// | package | what lives there |
/// |---|---|
/// | `dev.handoff.jdbc` | what users touch: settings, databases, stores, effects, transactions |
/// | `.sqlite`, `.postgres` | the inside of each store; classes for the same task have one name |
/// | `.row` | what both stores share about rows, events and accounts |
/// | `.sql` | the small layer over JDBC |
///
/// Each package depends only on those below it, and nothing outside the module uses the inner ones.
@NullMarked
package dev.handoff.jdbc;

import org.jspecify.annotations.NullMarked;
