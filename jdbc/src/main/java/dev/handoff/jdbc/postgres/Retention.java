package dev.handoff.jdbc.postgres;

import dev.handoff.TaskId;
import dev.handoff.jdbc.row.Purged;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Deletes expired tasks in small parts, so that other writes are not delayed.
public final class Retention {
  /// The largest number of events to delete in one transaction; a task with more takes several.
  private static final int EVENTS_AT_ONCE = 10_000;

  private static final String SELECT_EXPIRED =
      """
      select id, last_seq from handoff_task
      where expires_at is not null and expires_at <= :now and finished_at <= :ended_until
        and (announce is not true or expires_at <= :unannounced)
      order by expires_at
      limit :at_most
      for update skip locked
      """;

  private static final String DELETE_EVENTS =
      """
      delete from handoff_event where ctid = any(array(
        select ctid from handoff_event where task_id = any(array(select unnest(cast(:ids as uuid[]))))
        limit :at_most))
      """;

  private static final String DELETE_SUBMITTED =
      "delete from handoff_submitted where task_id = any(array(select unnest(cast(:ids as uuid[]))))";

  private static final String DELETE_STEPS =
      "delete from handoff_step where task_id = any(array(select unnest(cast(:ids as uuid[]))))";

  private static final String DELETE_TASKS =
      "delete from handoff_task where id = any(array(select unnest(cast(:ids as uuid[]))))";

  private Retention() {}

  private record Expired(TaskId id, long events) {}

  /// Deletes tasks whose retention has passed and that ended so long ago, at most `atMost`.
  ///
  /// @return how many were deleted
  public static int purge(
      PostgresConnections connections, int atMost, Duration sinceTheEnd, Supplier<Instant> now) {
    return Purged.inParts(
        atMost,
        left -> connections.inTransaction(session -> purge(session, left, sinceTheEnd, now.get())));
  }

  private static Purged purge(SqlSession session, int atMost, Duration sinceTheEnd, Instant now)
      throws SQLException {
    List<Expired> expired =
        session
            .sql(SELECT_EXPIRED)
            .set("now", now)
            .set("ended_until", now.minus(sinceTheEnd))
            .set("unannounced", now.minus(Purged.TO_ANNOUNCE))
            .set("at_most", atMost)
            .list(row -> new Expired(TaskRows.id(row), row.number("last_seq")));
    List<String> ids = new ArrayList<>();
    long events = 0;
    for (Expired task : expired) {
      if (!ids.isEmpty() && events + task.events() > EVENTS_AT_ONCE) {
        break;
      }
      ids.add(task.id().toString());
      events += task.events();
    }
    if (ids.isEmpty()) {
      return new Purged(0, false);
    }
    int deleted =
        session.sql(DELETE_EVENTS).setTexts("ids", ids).set("at_most", EVENTS_AT_ONCE).update();
    if (deleted == EVENTS_AT_ONCE) {
      return new Purged(0, true);
    }
    session.sql(DELETE_SUBMITTED).setTexts("ids", ids).update();
    session.sql(DELETE_STEPS).setTexts("ids", ids).update();
    session.sql(DELETE_TASKS).setTexts("ids", ids).update();
    return new Purged(ids.size(), ids.size() < expired.size());
  }
}
