package dev.handoff.jdbc;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The log of a task's events. A result is not repeated there: it is read from the task's row.
final class EventTable {
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

  /// Writes events of a task.
  static void append(Session session, TaskId task, List<LoggedEvent> events) throws SQLException {
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

  /// Where to read on in a task's log, and how far.
  record Place(TaskId task, long after, int atMost) {}

  static List<LoggedEvent> after(Session session, Place place, Instant now) throws SQLException {
    TaskId task = place.task();
    return session
        .sql(SELECT_AFTER)
        .set("id", task.toString())
        .set("after", place.after())
        .set("at_most", place.atMost())
        .set("now", now)
        .list(row ->
            new LoggedEvent(
                row.number("seq"),
                row.time("at"),
                EventJson.read(task, row.text("body"), row.textOrNull("result"))));
  }

  /// The event with times as precise as the store keeps them, so that what listeners are told
  /// equals what is read later.
  static TaskEvent truncated(TaskEvent event) {
    return switch (event) {
      case TaskSubmitted e -> new TaskSubmitted(Millis.truncated(e.dueAt()));
      case AttemptFailed e ->
          new AttemptFailed(e.attempt(), e.failure(), Millis.truncated(e.retryAt()));
      case AttemptSnoozed e -> new AttemptSnoozed(Millis.truncated(e.until()), e.message());
      case TaskRescued e -> new TaskRescued(e.attempt(), Millis.truncated(e.dueAt()));
      case TaskRetried e -> new TaskRetried(Millis.truncated(e.dueAt()));
      case TaskEvent.AttemptStarted _,
          TaskEvent.ProgressReported _,
          TaskEvent.LineLogged _,
          TaskEvent.ChunkEmitted _,
          TaskEvent.UsageRecorded _,
          TaskEvent.TaskCompleted _,
          TaskEvent.TaskFailed _,
          TaskEvent.TaskCancelled _ ->
          event;
    };
  }
}
