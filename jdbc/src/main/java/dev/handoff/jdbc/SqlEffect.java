package dev.handoff.jdbc;

import dev.handoff.store.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A handler's own writes, made in the transaction that finishes its task: they are committed
/// together with the result, or not at all.
///
/// It may be called more than once before one call is committed, because many finishes share a
/// commit and one that fails makes the others run again: so it changes nothing but what is behind
/// the connection. It blocks every other write while it runs, so it does nothing slow. If it
/// throws, the task is not finished and the exception reaches whoever wanted to finish it.
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
