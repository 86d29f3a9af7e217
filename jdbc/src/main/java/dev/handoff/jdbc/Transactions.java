package dev.handoff.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// Transactions for programs without a framework. Safe for use by many threads. A transaction
/// belongs to the thread that began it; a nested call joins it.
public final class Transactions implements CallerTransaction {
  private final DataSource dataSource;
  private final ScopedValue<OpenTransaction> current = ScopedValue.newInstance();

  /// Creates transactions on connections of this DataSource.
  public Transactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// The work of one transaction.
  @FunctionalInterface
  public interface Work<T> {
    /// Runs in the transaction; any exception rolls it back.
    T run(Connection connection) throws SQLException;
  }

  private record OpenTransaction(Connection connection, List<Runnable> afterCommit) {}

  /// Runs the work and commits. An exception of the work rolls back and is thrown.
  public <T> T inTransaction(Work<T> work) throws SQLException {
    if (current.isBound()) {
      return work.run(current.get().connection());
    }
    OpenTransaction scope;
    T result;
    try (Connection connection = dataSource.getConnection()) {
      scope = new OpenTransaction(connection, new ArrayList<>());
      connection.setAutoCommit(false);
      result = runOrRollBack(scope, work);
      connection.commit();
    }
    scope.afterCommit().forEach(Runnable::run);
    return result;
  }

  private <T> T runOrRollBack(OpenTransaction scope, Work<T> work) throws SQLException {
    try {
      return ScopedValue.where(current, scope).call(() -> work.run(scope.connection()));
    } catch (SQLException | RuntimeException | Error e) {
      rollback(scope.connection(), e);
      throw e;
    }
  }

  // A connection that broke cannot be rolled back either; the reason is what counts.
  private static void rollback(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      reason.addSuppressed(broken);
    }
  }

  @Override
  public Optional<Connection> current() {
    return current.isBound() ? Optional.of(current.get().connection()) : Optional.empty();
  }

  @Override
  public void afterCommit(Runnable action) {
    if (!current.isBound()) {
      throw new IllegalStateException("there is no transaction");
    }
    current.get().afterCommit().add(action);
  }
}
