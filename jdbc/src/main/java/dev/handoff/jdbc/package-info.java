/// Tasks in SQL: the durable store on SQLite. It may depend on core, JDBC and Jackson, and on
/// nothing of Spring. Start reading at [dev.handoff.jdbc.SqliteTaskStore]; every write goes through
/// [dev.handoff.jdbc.GroupWriter], every read through the reader pool beside it.
@NullMarked
package dev.handoff.jdbc;

import org.jspecify.annotations.NullMarked;
