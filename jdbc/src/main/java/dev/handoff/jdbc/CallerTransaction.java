package dev.handoff.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// The transaction of the calling thread, if there is one. Tasks that are submitted in it are
/// stored through its connection, so they exist exactly if it commits.
public interface CallerTransaction {
  /// No transactions: submits are stored at once.
  CallerTransaction NONE =
      new CallerTransaction() {
        @Override
        public Optional<Connection> current() {
          return Optional.empty();
        }

        @Override
        public void afterCommit(Runnable action) {
          throw new IllegalStateException("there is no transaction");
        }
      };

  /// Returns the connection of the current transaction, to the store's own database.
  Optional<Connection> current();

  /// Returns whether the current transaction is read-only, as it was declared or as its connection
  /// says: a submit in it is refused. Costs no call to the database.
  default boolean isReadOnly() {
    return current()
        .map(connection -> {
          try {
            return connection.isReadOnly();
          } catch (SQLException broken) {
            // The write itself reports what is wrong.
            return false;
          }
        })
        .orElse(false);
  }

  /// Runs the action when the current transaction has committed, and never when it rolls back.
  ///
  /// @throws IllegalStateException outside a transaction
  void afterCommit(Runnable action);
}
