package dev.handoff.jdbc.sqlite;

import dev.handoff.jdbc.sql.ReadOnlyTransaction;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sql.SqlWork;
import dev.handoff.jdbc.sql.SqliteErrors;
import dev.handoff.jdbc.sql.TextForm;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/// Runs work in the caller's transaction, on its connection.
public final class JoinedTransaction {
  private JoinedTransaction() {}

  /// Runs the work behind a savepoint, because the caller may catch its exception and commit.
  public static <T> T run(Connection connection, SqlWork<T> work) {
    try (SqlSession session = new SqlSession(connection, TextForm.PLAIN)) {
      Savepoint before = connection.setSavepoint();
      T result;
      try {
        result = work.run(session);
      } catch (SQLException e) {
        connection.rollback(before);
        throw isReadOnly(connection, session)
            ? ReadOnlyTransaction.refused(e)
            : SqliteErrors.translate(e);
      } catch (RuntimeException e) {
        connection.rollback(before);
        throw e;
      }
      connection.releaseSavepoint(before);
      return result;
    } catch (SQLException e) {
      throw SqliteErrors.translate(e);
    }
  }

  private static boolean isReadOnly(Connection connection, SqlSession session) throws SQLException {
    return connection.isReadOnly()
        || session.sql("pragma query_only").first(row -> row.number("query_only")).orElse(0L) == 1;
  }
}
