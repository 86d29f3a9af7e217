package dev.handoff.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.sql.PostgresErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks whether the server is reachable. A working pooled connection proves it, even while new
/// logins are refused or unanswered. Safe for use by many threads.
public final class PostgresPresence {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresPresence.class);

  private static final Duration POOL_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration SLOW_CALL = Duration.ofSeconds(1);
  private static final int VALID_SECONDS = 1;

  private final HikariDataSource pool;
  private final Scheduler scheduler;
  private final AtomicReference<CompletableFuture<Boolean>> question =
      new AtomicReference<>(CompletableFuture.completedFuture(false));

  PostgresPresence(HikariDataSource pool, Scheduler scheduler) {
    this.pool = pool;
    this.scheduler = scheduler;
  }

  enum Reachability {
    /// A pooled connection works.
    BY_POOL,
    /// No pooled connection answered in time, but a new one can be opened.
    BY_NEW_CONNECTION,
    /// No pooled connection answered in time, and the server refuses new ones.
    REFUSING,
    /// The server does not answer.
    AWAY
  }

  /// Checks a pooled connection, and a new one if that does not answer in time.
  Reachability look() {
    if (poolAnswers()) {
      return Reachability.BY_POOL;
    }
    long begin = scheduler.nanoTime();
    Reachability found = open();
    // Twice, because the connection that asks can be cut like those it asks for; that is quick.
    return found == Reachability.AWAY && scheduler.nanoTime() - begin < SLOW_CALL.toNanos()
        ? open()
        : found;
  }

  // On a thread of its own, because the pool waits for longer, and once for all who ask meanwhile.
  private boolean poolAnswers() {
    if (pool.isClosed() || pool.getHikariPoolMXBean().getTotalConnections() == 0) {
      return false;
    }
    CompletableFuture<Boolean> last = question.get();
    CompletableFuture<Boolean> next = new CompletableFuture<>();
    if (last.isDone() && question.compareAndSet(last, next)) {
      var ignored =
          scheduler.startVirtual("handoff-presence", () -> next.complete(anOpenOneWorks()));
    }
    return question
        .get()
        .copy()
        .completeOnTimeout(false, POOL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  // The pool does not test those that were used a moment ago.
  private boolean anOpenOneWorks() {
    try {
      for (int left = pool.getMaximumPoolSize(); left > 0; left--) {
        try (Connection connection = pool.getConnection()) {
          if (connection.isValid(VALID_SECONDS)) {
            return true;
          }
          pool.evictConnection(connection);
        }
      }
    } catch (SQLException | RuntimeException e) {
      LOG.debug("the pool has no connection that works", e);
    }
    return false;
  }

  private Reachability open() {
    try (Connection connection = pool.getDataSource().getConnection()) {
      return connection.isValid(VALID_SECONDS) ? Reachability.BY_NEW_CONNECTION : Reachability.AWAY;
    } catch (SQLException e) {
      LOG.debug("a new connection was not opened", e);
      return PostgresErrors.isRefusedLogin(e) ? Reachability.REFUSING : Reachability.AWAY;
    }
  }
}
