package dev.handoff.jdbc.postgres;

import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Detects that the database continues from an older copy of the data: its timeline has changed.
/// Safe for use by many threads.
public final class PostgresTimeline {
  /// Stores the timeline if it is new, and returns when the last change was found. The first
  /// timeline is no change.
  private static final String LOOK =
      """
      with here as (
        select left(pg_walfile_name(pg_current_wal_lsn()), 8) as id
      ), noted as (
        insert into handoff_timeline (id, since)
        select id, :now from here where not exists (select from handoff_timeline t where t.id = here.id)
        on conflict do nothing
        returning since
      )
      select max(since) as since from (
        select since from handoff_timeline
        union all
        select since from noted) as known
      having count(*) > 1
      """;

  private volatile Optional<Instant> since = Optional.empty();
  private volatile boolean supported = true;

  /// Reads the current timeline. A server that does not provide it is not asked again.
  public void look(SqlSession session, Instant now) throws SQLException {
    if (!supported) {
      return;
    }
    try {
      since = session.sql(LOOK).set("now", now).first(row -> row.time("since"));
    } catch (SQLException e) {
      if (!isUnsupported(e.getSQLState())) {
        throw e;
      }
      supported = false;
    }
  }

  // No such function, not allowed, not implemented.
  private static boolean isUnsupported(@Nullable String state) {
    return state != null && (state.startsWith("42") || state.startsWith("0A"));
  }

  /// Returns when the last change of the timeline was found.
  public Optional<Instant> since() {
    return since;
  }
}
