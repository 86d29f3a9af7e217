package dev.handoff.jdbc.postgres;

import dev.handoff.jdbc.sql.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Notices that the database goes on from an older copy of the data: its timeline is another one
/// then. Safe for use by many threads.
public final class PostgresTimeline {
  /// Notes the timeline if nobody has, and reads when the last one began. The first that was ever
  /// noted replaced nothing.
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

  /// Looks which timeline it is. A server that does not tell is not asked again.
  public void look(Session session, Instant now) throws SQLException {
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

  /// When another timeline than the first was noticed, the last time.
  public Optional<Instant> since() {
    return since;
  }
}
