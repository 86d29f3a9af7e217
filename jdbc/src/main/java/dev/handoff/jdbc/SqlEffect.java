package dev.handoff.jdbc;

import dev.handoff.store.Effect;
import java.sql.Connection;
import java.sql.SQLException;

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
}
