package dev.handoff.jdbc;

import java.sql.Connection;
import java.util.Optional;

/// The transaction that the calling thread is in, if any: tasks submitted within it are stored
/// through its connection, so they exist exactly when it commits.
public interface CallerTransaction {
  /// For applications without transactions of their own.
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

  /// The connection of the calling thread's transaction, to the store's own database.
  Optional<Connection> current();

  /// Runs the action when the current transaction has committed, and never when it rolls back.
  ///
  /// @throws IllegalStateException outside a transaction
  void afterCommit(Runnable action);
}
