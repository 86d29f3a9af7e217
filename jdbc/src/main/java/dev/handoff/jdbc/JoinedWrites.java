package dev.handoff.jdbc;

import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.SqlWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A store's writes that are part of the caller's transaction: listeners are told after its commit.
record JoinedWrites(
    CallerTransaction callers, Supplier<Instant> now, Consumer<Announcements> tell) {
  interface Joined<T> {
    T run(Connection connection, SqlWork<T> work);
  }

  interface JoinedWork<T> {
    T in(WriteTransaction writing) throws SQLException;
  }

  /// Returns the connection of the caller's transaction; empty if there is none.
  ///
  /// @throws dev.handoff.HandoffException when the transaction is read-only
  Optional<Connection> current() {
    return WritableTransaction.current(callers);
  }

  <T> T run(Connection connection, JoinedWork<T> write, Joined<T> joined) {
    Announcements announcements = new Announcements();
    T result =
        joined.run(
            connection,
            session -> write.in(new WriteTransaction(session, now.get(), announcements)));
    callers.afterCommit(() -> tell.accept(announcements));
    return result;
  }

  /// Runs the action after the commit of the caller's transaction, if there is one.
  boolean afterCommit(Runnable action) {
    boolean within = callers.current().isPresent();
    if (within) {
      callers.afterCommit(action);
    }
    return within;
  }
}
