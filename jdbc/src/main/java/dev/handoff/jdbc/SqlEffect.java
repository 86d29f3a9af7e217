package dev.handoff.jdbc;

import dev.handoff.jdbc.sql.ConnectionEffect;
import java.sql.Connection;
import java.sql.SQLException;

/// A handler's own writes, made in the transaction that finishes its task: both commit, or neither.
///
/// An effect may run more than once before it commits, because many finishes share a commit. So it
/// must change nothing but the database. Other effects wait while it runs (on SQLite, all writes),
/// so it must be fast.
///
/// If it throws, the task is not finished, and the caller gets a
/// [dev.handoff.store.EffectFailedException] with the cause. An outage is not a failure of the
/// effect: if the database is unreachable, or a lock is not released in time (`lock_timeout` is at
/// most 2 s on PostgreSQL), the finish is retried.
@FunctionalInterface
public interface SqlEffect extends ConnectionEffect {
  /// Writes through `connection`. It must not commit, roll back or change auto-commit.
  @Override
  void apply(Connection connection) throws SQLException;
}
