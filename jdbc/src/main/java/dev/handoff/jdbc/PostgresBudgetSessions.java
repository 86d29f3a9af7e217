package dev.handoff.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;

/// Sessions for accounts: a transaction of their own, or the caller's.
record PostgresBudgetSessions(PostgresConnections connections, CallerTransaction callers)
    implements JdbcBudgets.Sessions {
  @Override
  public <T> T write(JdbcBudgets.Work<T> work) {
    Optional<Connection> joined = callers.current();
    return joined.isPresent() ? within(joined.get(), work) : connections.inTransaction(work::run);
  }

  @Override
  public <T> T read(JdbcBudgets.Work<T> work) {
    Optional<Connection> joined = callers.current();
    return joined.isPresent() ? within(joined.get(), work) : connections.use(work::run);
  }

  // With a savepoint, because a caller may catch the exception and commit all the same.
  private static <T> T within(Connection connection, JdbcBudgets.Work<T> work) {
    try (Session session = new Session(connection, TextForm.WITHOUT_NUL)) {
      Savepoint before = connection.setSavepoint();
      T result;
      try {
        result = work.run(session);
      } catch (SQLException | RuntimeException e) {
        connection.rollback(before);
        throw e;
      }
      connection.releaseSavepoint(before);
      return result;
    } catch (SQLException e) {
      throw PostgresErrors.translate(e);
    }
  }
}
