package dev.handoff.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Transactions for programs without a framework. Safe for use by many threads. A transaction
/// belongs to the thread that began it; a nested call joins it.
public final class Transactions implements CallerTransaction {
  private final DataSource dataSource;

  // Not static: each database has transactions of its own.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable OpenTransaction> current = new ThreadLocal<>();

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
    OpenTransaction outer = current.get();
    if (outer != null) {
      return work.run(outer.connection());
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
    current.set(scope);
    try {
      return work.run(scope.connection());
    } catch (SQLException | RuntimeException | Error e) {
      rollback(scope.connection(), e);
      throw e;
    } finally {
      current.remove();
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
    return Optional.ofNullable(current.get()).map(OpenTransaction::connection);
  }

  @Override
  public void afterCommit(Runnable action) {
    OpenTransaction open = current.get();
    if (open == null) {
      throw new IllegalStateException("there is no transaction");
    }
    open.afterCommit().add(action);
  }
}
