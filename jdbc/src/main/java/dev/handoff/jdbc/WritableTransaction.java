package dev.handoff.jdbc;

import dev.handoff.jdbc.row.JdbcBudgets.CallerConnections;
import dev.handoff.jdbc.sql.ReadOnlyTransaction;
import java.sql.Connection;
import java.util.Optional;

/// The caller's transaction, for a call that writes.
final class WritableTransaction {
  private WritableTransaction() {}

  static CallerConnections orReading(CallerTransaction callers) {
    return new CallerConnections(callers::current, () -> current(callers));
  }

  /// Returns the connection of the caller's transaction; empty if there is none.
  ///
  /// @throws dev.handoff.HandoffException when the transaction is read-only
  static Optional<Connection> current(CallerTransaction callers) {
    Optional<Connection> joined = callers.current();
    if (joined.isPresent() && callers.isReadOnly()) {
      throw ReadOnlyTransaction.refused();
    }
    return joined;
  }
}
