package dev.handoff.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session on a pooled connection that one call hands to the next, prepared statements and all.
/// Used by one thread at a time.
public record KeptSession(Connection connection, Session session, long takenAt, long usedAt) {
  private static final Logger LOG = LoggerFactory.getLogger(KeptSession.class);

  /// After this it goes back, so that the pool can end connections that are old.
  private static final Duration LONGEST_KEPT = Duration.ofSeconds(30);

  /// As the pool does it: who has slept for longer is asked whether it is still there.
  private static final Duration ASKED_AFTER = Duration.ofMillis(500);

  private static final int ANSWER_SECONDS = 1;

  public static KeptSession on(Connection connection) {
    long now = System.nanoTime();
    return new KeptSession(connection, new Session(connection, TextForm.WITHOUT_NUL), now, now);
  }

  public KeptSession usedNow() {
    return new KeptSession(connection, session, takenAt, System.nanoTime());
  }

  public boolean isYoung() {
    return System.nanoTime() - takenAt < LONGEST_KEPT.toNanos();
  }

  /// Whether it can be used again; closes it if not.
  public boolean isUsable() throws SQLException {
    if (System.nanoTime() - usedAt < ASKED_AFTER.toNanos() || connection.isValid(ANSWER_SECONDS)) {
      return true;
    }
    close();
    return false;
  }

  /// Gives the connection back to the pool, which throws it away if it broke.
  public void close() {
    try (connection) {
      session.close();
    } catch (SQLException broken) {
      LOG.debug("a connection broke; the pool throws it away", broken);
    }
  }
}
