package dev.handoff.jdbc.sqlite;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.EventJson;
import dev.handoff.jdbc.row.EventsAfter;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The event logs of tasks. A result is stored in the task's row only.
public final class EventTable {
  private static final String INSERT =
      "insert into handoff_event (task_id, seq, at, body) values (:id, :seq, :at, :body)";

  private static final String SELECT_AFTER =
      """
      select e.seq, e.at, e.body, case when e.seq = t.last_seq then t.result end as result
      from handoff_task t
      join handoff_event e on e.task_id = t.id
      where t.id = :id and (t.expires_at is null or t.expires_at > :now) and e.seq > :after
      order by e.seq
      limit :at_most
      """;

  private EventTable() {}

  static void append(SqlSession session, TaskId task, List<LoggedEvent> events)
      throws SQLException {
    for (LoggedEvent event : events) {
      session
          .sql(INSERT)
          .set("id", task.toString())
          .set("seq", event.seq())
          .set("at", event.at())
          .set("body", EventJson.write(event.event()))
          .update();
    }
  }

  public static List<LoggedEvent> after(SqlSession session, EventsAfter range, Instant now)
      throws SQLException {
    TaskId task = range.task();
    return session
        .sql(SELECT_AFTER)
        .set("id", task.toString())
        .set("after", range.after())
        .set("at_most", range.atMost())
        .set("now", now)
        .list(row ->
            new LoggedEvent(
                row.number("seq"),
                row.time("at"),
                EventJson.read(task, row.text("body"), row.textOrNull("result"))));
  }
}
