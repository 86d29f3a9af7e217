package dev.handoff.jdbc.postgres;

import dev.handoff.StoreUnavailableException;
import dev.handoff.jdbc.row.JdbcBudgets;
import dev.handoff.jdbc.row.JdbcBudgets.CallerConnections;
import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.SqlWork;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Sessions for accounts: in the caller's transaction, or in one of their own. An application may
/// lock an account for long. So a waiting call returns its connection between tries, and all of
/// them use at most half of the pool.
public final class BudgetSessions implements JdbcBudgets.SessionSource {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final String SET_LOCK_TIMEOUT =
      "select set_config('lock_timeout', :lock_timeout, true)";

  private final PostgresConnections connections;
  private final CallerConnections callers;
  private final Semaphore turns;

  public BudgetSessions(PostgresConnections connections, CallerConnections callers, int size) {
    this.connections = connections;
    this.callers = callers;
    this.turns = new Semaphore(size / 2, true);
  }

  @Override
  public <T> T write(SqlWork<T> work) {
    Optional<Connection> joined = callers.writing().get();
    return joined.isPresent() ? JoinedTransaction.run(joined.get(), work) : writeAlone(work);
  }

  private <T> T writeAlone(SqlWork<T> work) {
    long begin = System.nanoTime();
    while (true) {
      turns.acquireUninterruptibly();
      try {
        return connections.inTransaction(session -> {
          var ignored =
              session
                  .sql(SET_LOCK_TIMEOUT)
                  .set("lock_timeout", PATIENCE.toMillis() + "ms")
                  .exists();
          return work.run(session);
        });
      } catch (StoreUnavailableException e) {
        if (!PostgresErrors.isLockTimeout(e)
            || System.nanoTime() - begin > LONGEST_WAIT.toNanos()) {
          throw e;
        }
      } finally {
        turns.release();
      }
    }
  }

  @Override
  public <T> T read(SqlWork<T> work) {
    Optional<Connection> joined = callers.reading().get();
    return joined.isPresent() ? JoinedTransaction.run(joined.get(), work) : connections.use(work);
  }
}
