/// What both stores share: rows as values ([dev.handoff.jdbc.row.TaskRows]), values as columns,
/// events as JSON, what an event changes in a row, what listeners are told after a commit, and the
/// accounts. Start reading at [dev.handoff.jdbc.row.Change] and
/// [dev.handoff.jdbc.row.WriteTransaction]. Inside the module only; depends on core and on
/// `dev.handoff.jdbc.sql`.
@NullMarked
package dev.handoff.jdbc.row;

import org.jspecify.annotations.NullMarked;
