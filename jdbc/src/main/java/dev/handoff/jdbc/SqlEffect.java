package dev.handoff.jdbc;

import dev.handoff.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A handler's own writes, made in the transaction that finishes its task: they are committed
/// together with the result, or not at all.
///
/// It may be called more than once before one call is committed, because many finishes share a
/// commit: so it changes nothing but what is behind the connection. Others' effects wait while it
/// runs, on SQLite every other write, so it does nothing slow. If it throws, the task is not
/// finished, and whoever wanted to finish it gets a [dev.handoff.store.EffectFailedException] with
/// what it threw. If it throws because the database is away, or because it waited too long for a
/// row that somebody else has locked (`lock_timeout` is set to 2 seconds at most on PostgreSQL), it
/// has not failed: the finish is tried again.
@FunctionalInterface
public interface SqlEffect extends Effect {
  /// Writes through this connection, which is inside a transaction that is not the effect's to end.
  void apply(Connection connection) throws SQLException;

  /// Effects as these stores take them.
  ///
  /// @throws IllegalArgumentException when one is of another kind
  static List<SqlEffect> all(List<? extends Effect> effects) {
    List<SqlEffect> writes = new ArrayList<>(effects.size());
    for (Effect effect : effects) {
      if (!(effect instanceof SqlEffect write)) {
        throw new IllegalArgumentException(
            "this store takes effects of type SqlEffect, was " + effect.getClass().getName());
      }
      writes.add(write);
    }
    return writes;
  }
}
