package dev.handoff.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session on a pooled connection that is reused by the next call, with its prepared statements.
/// Used by one thread at a time.
public record KeptSession(Connection connection, SqlSession session, long takenAt, long usedAt) {
  private static final Logger LOG = LoggerFactory.getLogger(KeptSession.class);

  /// The longest time to keep it, so that the pool can close old connections.
  private static final Duration LONGEST_KEPT = Duration.ofSeconds(30);

  /// After this idle time the connection is validated, as the pool does.
  private static final Duration ASKED_AFTER = Duration.ofMillis(500);

  private static final int ANSWER_SECONDS = 1;

  public static KeptSession on(Connection connection) {
    long now = System.nanoTime();
    return new KeptSession(connection, new SqlSession(connection, TextForm.WITHOUT_NUL), now, now);
  }

  public KeptSession usedNow() {
    return new KeptSession(connection, session, takenAt, System.nanoTime());
  }

  public boolean isYoung() {
    return System.nanoTime() - takenAt < LONGEST_KEPT.toNanos();
  }

  /// Validates the session after a while; closes it if it is broken.
  public boolean isUsable() throws SQLException {
    if (System.nanoTime() - usedAt < ASKED_AFTER.toNanos() || connection.isValid(ANSWER_SECONDS)) {
      return true;
    }
    close();
    return false;
  }

  /// Returns the connection to the pool, which closes it if it is broken.
  public void close() {
    try (connection) {
      session.close();
    } catch (SQLException broken) {
      LOG.debug("a connection broke; the pool throws it away", broken);
    }
  }
}
