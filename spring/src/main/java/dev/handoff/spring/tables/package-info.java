/// Tables beside the engine's, in the same database: how they are brought up to date and swept, and
/// the API's own. Depends on JDBC and Flyway; start reading at [TableMigrations].
@NullMarked
package dev.handoff.spring.tables;

import org.jspecify.annotations.NullMarked;
