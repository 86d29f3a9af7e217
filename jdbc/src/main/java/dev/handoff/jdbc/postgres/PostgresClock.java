package dev.handoff.jdbc.postgres;

import dev.handoff.TimeSource;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// The server's time: this process's clock plus the offset that was measured last. Nodes with wrong
/// clocks agree to within a round trip. Safe for use by many threads.
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

  /// Measures the offset, if this is the server's clock.
  public static void compare(TimeSource clock, SqlSession session) throws SQLException {
    if (clock instanceof PostgresClock postgres) {
      postgres.compare(session);
    }
  }

  /// Measures the offset. The server's answer is taken as the middle of the round trip. A long
  /// round trip, as after a stopped process, would be a guess, so it measures again.
  public void compare(SqlSession session) throws SQLException {
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
