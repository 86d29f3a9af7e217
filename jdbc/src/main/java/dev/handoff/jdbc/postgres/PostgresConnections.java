package dev.handoff.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.HandoffException;
import dev.handoff.StoreUnavailableException;
import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.postgres.PostgresPresence.Reachability;
import dev.handoff.jdbc.sql.ClosedSignal;
import dev.handoff.jdbc.sql.KeptSession;
import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sql.SqlWork;
import dev.handoff.jdbc.sql.Uninterrupted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sessions with the server. During an outage every call is refused at once, and one thread probes
/// until the server answers. So no caller waits for a connection in vain, and the log has one line
/// for the begin and one for the end of an outage.
///
/// One session is kept between calls, whichever thread makes them. On an idle node a claim then
/// reuses the session of the submit, whose server process is still awake. Safe for use by many
/// threads.
public final class PostgresConnections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresConnections.class);

  private static final int MAX_RETRIES = 20;
  private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RETRY_PAUSE = Duration.ofMillis(10);
  private static final Duration PROBE_EVERY = Duration.ofMillis(200);

  private final HikariDataSource pool;
  private final Outage outage;
  private final PostgresPresence presence;
  private final AtomicReference<@Nullable KeptSession> kept = new AtomicReference<>();
  private final Scheduler scheduler;
  private final ClosedSignal closed;
  private final Runnable onBack;
  private volatile @Nullable Long backAt;

  /// Calls `onBack` at the end of an outage.
  public PostgresConnections(OpenServer server, Runnable onBack) {
    this.pool = server.pool();
    this.outage = server.outage();
    this.scheduler = server.scheduler();
    this.closed = new ClosedSignal(scheduler);
    this.presence = new PostgresPresence(pool, scheduler);
    this.onBack = onBack;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /// Whether there is an outage, or one ended within this time.
  boolean wasAwayWithin(Duration time) {
    Long since = backAt;
    return outage.known() != null
        || (since != null && scheduler.nanoTime() - since < time.toNanos());
  }

  /// Runs the work; each of its statements is a transaction.
  ///
  /// @throws StoreUnavailableException when the server cannot be reached
  public <T> T use(SqlWork<T> work) {
    return again(() -> withSession(work));
  }

  /// Runs the work in one transaction.
  ///
  /// @throws StoreUnavailableException when the server cannot be reached
  public <T> T inTransaction(SqlWork<T> work) {
    return again(() -> withSession(session -> inTransaction(session, work)));
  }

  private <T> T withSession(SqlWork<T> work) throws SQLException {
    KeptSession session = take();
    boolean done = false;
    try {
      T result = work.run(session.session());
      done = true;
      return result;
    } finally {
      if (!done || !keep(session)) {
        session.close();
      }
    }
  }

  private KeptSession take() throws SQLException {
    KeptSession one = kept.getAndSet(null);
    if (one != null && one.isUsable()) {
      return one;
    }
    return KeptSession.on(pool.getConnection());
  }

  private boolean keep(KeptSession session) {
    return session.isYoung()
        && !isAwaited()
        && kept.compareAndSet(null, session.usedNow())
        // Closed or awaited meanwhile: either that took it, or it is ours to take back.
        && ((!closed.isClosed() && !isAwaited()) || kept.getAndSet(null) == null);
  }

  // Where the server refuses new connections the kept one may be the last.
  private boolean isAwaited() {
    return pool.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0;
  }

  private static <T> T inTransaction(SqlSession session, SqlWork<T> work) throws SQLException {
    Connection connection = session.connection();
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      T result = work.run(session);
      connection.commit();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollback(connection);
      }
      restoreAutoCommit(connection);
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      LOG.debug("a connection broke before it could roll back; the server does so by itself");
    }
  }

  private static void restoreAutoCommit(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException broken) {
      LOG.debug("a connection broke; the pool throws it away");
    }
  }

  // To the end, whoever interrupts: in a virtual thread an interrupt closes the socket that is
  // waited at, and a cancelled attempt must not look like a server that is away.
  private <T> T again(SqlSession.SqlCall<T> use) {
    boolean interrupted = Thread.interrupted();
    int retries = 0;
    long begin = scheduler.nanoTime();
    try {
      while (true) {
        SQLException known = outage.known();
        if (known != null) {
          throw PostgresErrors.translate(known);
        }
        try {
          return use.run();
        } catch (SQLException e) {
          boolean cut = Thread.interrupted();
          interrupted |= cut;
          if ((cut && PostgresErrors.isCut(e))
              || (PostgresErrors.isLostTurn(e) && ++retries < MAX_RETRIES)) {
            continue;
          }
          Reachability found =
              PostgresErrors.isAway(e) && !closed.isClosed() ? presence.look() : null;
          if (found == null || found == Reachability.AWAY) {
            if (Thread.interrupted()) {
              interrupted = true;
              continue;
            }
            throw refused(e);
          }
          // The server is there, but all connections are in use, or they break again and again.
          if (e instanceof SQLTransientConnectionException
              || scheduler.nanoTime() - begin > RETRY_TIMEOUT.toNanos()) {
            throw PostgresErrors.translate(e);
          }
          // Its neighbours have most likely broken as well, and can be replaced.
          if (found == Reachability.BY_NEW_CONNECTION) {
            pool.getHikariPoolMXBean().softEvictConnections();
          }
          Uninterrupted.run(() -> {
            var ignored = closed.await(RETRY_PAUSE);
          });
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Checks whether the server is reachable, after a connection beside the pool broke. An outage is
  /// then known before a call has to wait.
  void suspect(SQLException broken) {
    if (PostgresErrors.isAway(broken) && presence.look() == Reachability.AWAY) {
      var ignored = refused(broken);
    }
  }

  private HandoffException refused(SQLException e) {
    if (PostgresErrors.isAway(e) && !closed.isClosed() && outage.begin(e)) {
      LOG.warn(
          "the task store's database cannot be reached, trying every {} ms cause=\"{}\"",
          PROBE_EVERY.toMillis(),
          e.getMessage());
      startProbe();
    }
    return PostgresErrors.translate(e);
  }

  // Without the thread the outage would never end.
  private void startProbe() {
    boolean started = false;
    try {
      var ignored = scheduler.startPlatform("handoff-probe", this::probe);
      started = true;
    } finally {
      if (!started) {
        outage.end();
      }
    }
  }

  private void probe() {
    try {
      boolean away = true;
      while (away && !closed.await(PROBE_EVERY)) {
        away = isStillAway();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      back();
    }
  }

  private boolean isStillAway() {
    try {
      return presence.look() == Reachability.AWAY;
    } catch (RuntimeException | Error e) {
      LOG.warn("looking whether the task store's database is back failed; it is tried again", e);
      return true;
    }
  }

  private void back() {
    backAt = scheduler.nanoTime();
    outage.end();
    if (!closed.isClosed()) {
      LOG.info("the task store's database is back");
      onBack.run();
    }
  }

  /// Stops retrying. The pool stays open.
  @Override
  public void close() {
    closed.close();
    KeptSession last = kept.getAndSet(null);
    if (last != null) {
      last.close();
    }
  }
}
