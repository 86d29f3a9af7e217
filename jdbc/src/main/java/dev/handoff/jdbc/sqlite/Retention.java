package dev.handoff.jdbc.sqlite;

import dev.handoff.TaskId;
import dev.handoff.jdbc.row.Purged;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// Deletes expired tasks in small parts, so that other writes are not delayed.
public final class Retention {
  /// The largest number of events to delete in one write, about 10 ms; a task with more takes
  /// several.
  static final int EVENTS_AT_ONCE = 2_000;

  private static final String SELECT_EXPIRED =
      """
      select id, last_seq from handoff_task
      where expires_at is not null and expires_at <= :now and finished_at <= :ended_until
        and (announce is not 1 or expires_at <= :unannounced)
      order by expires_at
      limit :at_most
      """;

  private static final String SELECT_FIRST_EVENT =
      "select min(seq) as first from handoff_event where task_id = :id";

  private static final String DELETE_EVENTS =
      "delete from handoff_event where task_id = :id and seq < :until";

  private static final String DELETE_STEPS = "delete from handoff_step where task_id = :id";

  private static final String DELETE_REQUEST = "delete from handoff_request where task_id = :id";

  private static final String DELETE_TASK = "delete from handoff_task where id = :id";

  private Retention() {}

  private record Expired(TaskId id, long lastEvent) {}

  /// Deletes tasks whose retention has passed and that ended so long ago, at most `atMost`.
  ///
  /// @return how many were deleted
  public static int purge(GroupWriter writer, int atMost, Duration sinceTheEnd) {
    return Purged.inParts(
        atMost,
        left ->
            writer.write(
                left, writing -> purge(writing.session(), left, sinceTheEnd, writing.now())));
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
    long left = EVENTS_AT_ONCE;
    int deleted = 0;
    for (Expired task : expired) {
      long first = firstEvent(session, task.id()).orElse(task.lastEvent() + 1);
      long until = Math.min(task.lastEvent() + 1, first + left);
      deleteEvents(session, task.id(), until);
      left -= until - first;
      if (until <= task.lastEvent()) {
        return new Purged(deleted, true);
      }
      deleteRest(session, task.id());
      deleted++;
    }
    return new Purged(deleted, false);
  }

  private static OptionalLong firstEvent(SqlSession session, TaskId id) throws SQLException {
    Long first =
        session
            .sql(SELECT_FIRST_EVENT)
            .set("id", id.toString())
            .first(row -> row.number("first"))
            .orElse(0L);
    return first == 0 ? OptionalLong.empty() : OptionalLong.of(first);
  }

  private static void deleteEvents(SqlSession session, TaskId id, long until) throws SQLException {
    session.sql(DELETE_EVENTS).set("id", id.toString()).set("until", until).update();
  }

  private static void deleteRest(SqlSession session, TaskId id) throws SQLException {
    session.sql(DELETE_STEPS).set("id", id.toString()).update();
    session.sql(DELETE_REQUEST).set("id", id.toString()).update();
    session.sql(DELETE_TASK).set("id", id.toString()).update();
  }
}
