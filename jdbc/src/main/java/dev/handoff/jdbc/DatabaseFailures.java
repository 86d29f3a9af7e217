package dev.handoff.jdbc;

import dev.handoff.StoreUnavailableException;
import dev.handoff.jdbc.sql.Causes;
import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.SqliteErrors;
import java.sql.SQLException;
import java.util.Optional;

/// Classifies failures of an application's own calls to the store's database: an outage, which a
/// later call may survive, or anything else.
public final class DatabaseFailures {
  private DatabaseFailures() {}

  /// Returns the exception that the store itself would throw, if the database is unreachable or
  /// busy; empty for any other failure. Causes and suppressed exceptions are searched.
  public static Optional<StoreUnavailableException> unavailable(Throwable failure) {
    for (Throwable reason : Causes.of(failure)) {
      if (reason instanceof StoreUnavailableException known) {
        return Optional.of(known);
      }
      if (reason instanceof SQLException sql
          && translated(sql) instanceof StoreUnavailableException unavailable) {
        return Optional.of(unavailable);
      }
    }
    return Optional.empty();
  }

  private static Throwable translated(SQLException e) {
    return isClosed(e)
        ? new StoreUnavailableException(
            "the connection to the database broke; try again shortly", PostgresErrors.SOON, e)
        : byState(e);
  }

  // What HikariCP says of a connection that it has thrown away, as when it is to be rolled back
  // after a commit that broke it.
  private static boolean isClosed(SQLException e) {
    return e.getSQLState() == null && "Connection is closed".equals(e.getMessage());
  }

  private static Throwable byState(SQLException e) {
    return SqliteErrors.isSqlite(e) ? SqliteErrors.translate(e) : PostgresErrors.translate(e);
  }
}
