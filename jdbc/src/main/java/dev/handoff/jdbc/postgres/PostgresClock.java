package dev.handoff.jdbc.postgres;

import dev.handoff.TimeSource;
import dev.handoff.jdbc.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// The database's time, as its clock and this process's were compared last: so nodes whose own
/// clocks are wrong agree, as precisely as a round trip is long. Safe for use by many threads.
public final class PostgresClock implements TimeSource {
  private static final String NOW =
      "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as now";

  private static final Duration LONG_WAIT = Duration.ofMillis(100);
  private static final int QUESTIONS = 5;

  private final TimeSource local;
  private volatile Duration offset = Duration.ZERO;

  public PostgresClock(TimeSource local) {
    this.local = local;
  }

  /// Compares the clocks, if this one tells the server's time.
  public static void compare(TimeSource clock, Session session) throws SQLException {
    if (clock instanceof PostgresClock postgres) {
      postgres.compare(session);
    }
  }

  /// Compares the clocks. The server's answer is taken for the middle of the wait; after a long
  /// wait, as when this process was stopped in between, that would be a guess, so it asks again.
  public void compare(Session session) throws SQLException {
    Duration shortest = Duration.ofDays(1);
    Duration found = offset;
    for (int i = 0; i < QUESTIONS && shortest.compareTo(LONG_WAIT) > 0; i++) {
      Instant asked = local.instant();
      Instant server = session.sql(NOW).first(row -> row.time("now")).orElseThrow();
      Duration wait = Duration.between(asked, local.instant());
      if (wait.compareTo(shortest) < 0) {
        shortest = wait;
        found = Duration.between(asked.plus(wait.dividedBy(2)), server);
      }
    }
    offset = found;
  }

  @Override
  public Instant instant() {
    return local.instant().plus(offset);
  }

  @Override
  public void onJump(Runnable listener) {
    local.onJump(listener);
  }
}
