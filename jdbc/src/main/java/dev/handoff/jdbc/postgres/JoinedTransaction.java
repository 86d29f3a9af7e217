package dev.handoff.jdbc.postgres;

import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.ReadOnlyTransaction;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sql.SqlWork;
import dev.handoff.jdbc.sql.TextForm;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;

/// Runs work in the caller's transaction, on its connection.
public final class JoinedTransaction {
  /// The equal task may be in a transaction that this thread has suspended: without a bound, the
  /// wait would never end.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String LOCK_TIMEOUT = "select current_setting('lock_timeout') as before";
  private static final String SET_LOCK_TIMEOUT = "select set_config('lock_timeout', :before, true)";

  /// Whether the server accepts no writes at all: it is a standby, or its operator has made it
  /// read-only. A default of the session, the user or the database is the application's own.
  private static final String IS_STANDBY =
      """
      select 1 where pg_is_in_recovery() or exists (
        select from pg_settings where name = 'default_transaction_read_only' and setting = 'on'
          and source not in ('session', 'client', 'user', 'database', 'database user'))
      """;

  private JoinedTransaction() {}

  /// Runs the work behind a savepoint, because the caller may catch its exception and commit.
  public static <T> T run(Connection connection, SqlWork<T> work) {
    try (SqlSession session = new SqlSession(connection, TextForm.WITHOUT_NUL)) {
      Savepoint before = connection.setSavepoint();
      T result;
      try {
        result = work.run(session);
      } catch (SQLException e) {
        rollback(connection, before, e);
        if (PostgresErrors.isReadOnly(e) && !isStandby(session)) {
          throw ReadOnlyTransaction.refused(e);
        }
        throw e;
      } catch (RuntimeException e) {
        rollback(connection, before, e);
        throw e;
      }
      connection.releaseSavepoint(before);
      return result;
    } catch (SQLException e) {
      throw PostgresErrors.translate(e);
    }
  }

  /// Runs work that may have to wait for an equal task of another open transaction.
  public static <T> T run(Connection connection, SqlWork<T> work, boolean mayWait) {
    return mayWait ? runWithPatience(connection, work) : run(connection, work);
  }

  private static <T> T runWithPatience(Connection connection, SqlWork<T> work) {
    try {
      return run(
          connection,
          session -> {
            String before =
                session.sql(LOCK_TIMEOUT).first(row -> row.text("before")).orElseThrow();
            T result = session.waitingAtMost(PATIENCE, () -> work.run(session));
            var ignored = session.sql(SET_LOCK_TIMEOUT).set("before", before).exists();
            return result;
          });
    } catch (RuntimeException e) {
      throw PostgresErrors.isLockTimeout(e) ? PostgresErrors.equalIsOpen(e) : e;
    }
  }

  private static void rollback(Connection connection, Savepoint before, Exception reason) {
    try {
      connection.rollback(before);
    } catch (SQLException broken) {
      reason.addSuppressed(broken);
    }
  }

  private static boolean isStandby(SqlSession session) throws SQLException {
    return session.sql(IS_STANDBY).exists();
  }
}
