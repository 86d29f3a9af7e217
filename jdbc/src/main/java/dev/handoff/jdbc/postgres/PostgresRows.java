package dev.handoff.jdbc.postgres;

import dev.handoff.LoggedEvent;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.Change;
import dev.handoff.jdbc.row.EventJson;
import dev.handoff.jdbc.row.StateColumns;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.Columns;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Updates tasks and inserts their events, many rows in one statement. Without a transaction around
/// it, the statement is one.
///
/// Each array has a `select` of its own, here and in the other statements. It hides the length from
/// the planner, which then expects a short array and uses the index; a plan for a long array reads
/// the whole table.
public final class PostgresRows {
  /// A condition that sets `lock_timeout` for the rest of the transaction. It refers to no row, so
  /// it is evaluated once, before the first row.
  static final String PATIENCE =
      """
       (select set_config('lock_timeout',
          coalesce(cast(:lock_timeout as text), current_setting('lock_timeout')), true)) is not null
      """;

  /// Sets every column that a change may touch. The number of the last event guards the row: each
  /// change adds one. A task that waits again at once goes to the front of its queue.
  private static final String MOVE =
      """
      with moved as (
        update handoff_task t set
          state = g.state, ready = g.ready,
          fair_start = case when g.ready then %s else t.fair_start end, due_at = g.due_at, waiting = g.waiting, message = g.message, failure_kind = g.failure_kind, node = g.node, fence = g.fence,
          attempt = g.attempt, percent = g.percent, progress_message = g.progress_message,
          progress_step = g.progress_step, usage_model = g.usage_model,
          input_tokens = g.input_tokens, output_tokens = g.output_tokens,
          started_at = g.started_at, updated_at = :now, finished_at = g.finished_at,
          expires_at = g.expires_at, last_seq = g.last_seq, result = g.result
        from unnest(
          (select cast(:id as uuid[])), (select cast(:from_seq as bigint[])), (select cast(:from_fence as bigint[])),
          (select cast(:state as text[])), (select cast(:ready as boolean[])), (select cast(:due_at as bigint[])),
          (select cast(:waiting as text[])), (select cast(:message as text[])), (select cast(:failure_kind as text[])),
          (select cast(:node as text[])), (select cast(:fence as bigint[])), (select cast(:attempt as bigint[])),
          (select cast(:percent as bigint[])), (select cast(:progress_message as text[])),
          (select cast(:progress_step as text[])), (select cast(:usage_model as text[])),
          (select cast(:input_tokens as bigint[])), (select cast(:output_tokens as bigint[])),
          (select cast(:started_at as bigint[])), (select cast(:finished_at as bigint[])),
          (select cast(:expires_at as bigint[])), (select cast(:last_seq as bigint[])), (select cast(:result as text[]))
        ) as g (
          id, from_seq, from_fence, state, ready, due_at, waiting, message, failure_kind, node,
          fence, attempt, percent, progress_message, progress_step, usage_model, input_tokens,
          output_tokens, started_at, finished_at, expires_at, last_seq, result)
        where t.id = g.id and t.last_seq = g.from_seq and t.fence = g.from_fence
          and t.state in ('queued', 'processing') and\
      """
              .formatted(PostgresTurns.FRONT)
          + PATIENCE
          + """
            returning t.id
          ), logged as (
            insert into handoff_event (task_id, seq, at, body)
            select e.id, e.seq, :now, e.body
            from unnest(
              (select cast(:event_id as uuid[])), (select cast(:event_seq as bigint[])), (select cast(:event_body as text[]))
            ) as e (id, seq, body)
            join moved on moved.id = e.id
          )
          select id from moved
          """;

  /// The same for tasks with an end as their only change: most updates, with less than half of the
  /// columns.
  private static final String END =
      """
      with ended as (
        update handoff_task t set
          state = g.state, ready = false, due_at = null, waiting = null, message = g.message,
          failure_kind = g.failure_kind, node = null, percent = g.percent, updated_at = :now,
          finished_at = :now, expires_at = g.expires_at, last_seq = t.last_seq + 1,
          result = g.result
        from unnest(
          (select cast(:id as uuid[])), (select cast(:from_seq as bigint[])), (select cast(:from_fence as bigint[])),
          (select cast(:state as text[])), (select cast(:message as text[])), (select cast(:failure_kind as text[])),
          (select cast(:percent as bigint[])), (select cast(:expires_at as bigint[])), (select cast(:result as text[])),
          (select cast(:event_body as text[]))
        ) as g (
          id, from_seq, from_fence, state, message, failure_kind, percent, expires_at, result, event_body)
        where t.id = g.id and t.last_seq = g.from_seq and t.fence = g.from_fence
          and t.state in ('queued', 'processing') and\
      """
          + PATIENCE
          + """
            returning t.id, t.last_seq, g.event_body
          ), logged as (
            insert into handoff_event (task_id, seq, at, body)
            select id, last_seq, :now, event_body from ended
          )
          select id from ended
          """;

  private PostgresRows() {}

  record Event(TaskId task, LoggedEvent logged, @Nullable String request) {}

  private record Moved(Change change, Task task, StateColumns columns) {
    private static Moved of(Change change) {
      Task after = change.after().task();
      return new Moved(change, after, StateColumns.of(after.state()));
    }

    private boolean isNothingButAnEnd() {
      return task.isTerminal() && change.events().size() == 1;
    }
  }

  /// Writes changes of tasks that are still as they were read, at most one change of each task.
  ///
  /// @return the changed tasks
  static Set<TaskId> move(SqlSession session, List<Change> changes, Instant now)
      throws SQLException {
    List<Moved> tasks = changes.stream().map(Moved::of).toList();
    return tasks.stream().allMatch(Moved::isNothingButAnEnd)
        ? end(session, tasks, now)
        : moveAny(session, tasks, now);
  }

  private static Set<TaskId> end(SqlSession session, List<Moved> tasks, Instant now)
      throws SQLException {
    BoundStatement end =
        session.sql(END).set("now", now).set("lock_timeout", session.lockTimeout());
    Columns<Moved> rows = new Columns<>(end, tasks);
    setState(rows);
    rows.texts("event_body", each -> EventJson.write(each.change().events().getFirst().event()));
    return Set.copyOf(end.list(TaskRows::id));
  }

  private static Set<TaskId> moveAny(SqlSession session, List<Moved> tasks, Instant now)
      throws SQLException {
    BoundStatement move =
        session.sql(MOVE).set("now", now).set("lock_timeout", session.lockTimeout());
    List<Event> events = new ArrayList<>();
    for (Moved task : tasks) {
      for (LoggedEvent logged : task.change().events()) {
        events.add(new Event(task.change().task(), logged, null));
      }
    }
    setMoved(new Columns<>(move, tasks), now);
    setEvents(new Columns<>(move, events));
    return Set.copyOf(move.list(TaskRows::id));
  }

  private static void setState(Columns<Moved> rows) throws SQLException {
    rows.texts("id", each -> each.task().id().toString());
    rows.numbers("from_seq", each -> each.change().before().task().activity().lastEvent());
    rows.numbers("from_fence", each -> each.change().before().fence());
    rows.texts("state", each -> each.task().state().word());
    rows.texts("message", each -> each.columns().reason().message());
    rows.texts("failure_kind", each -> each.columns().reason().failureKind());
    rows.numbers("percent", each -> (long) each.task().activity().progress().percent());
    rows.times("expires_at", each -> each.task().timeline().expiresAt());
    rows.texts("result", each -> each.columns().result());
  }

  private static void setMoved(Columns<Moved> rows, Instant now) throws SQLException {
    setState(rows);
    rows.flags("ready", each -> each.columns().readyAt(now) == 1);
    rows.times("due_at", each -> each.columns().place().dueAt());
    rows.texts("waiting", each -> each.columns().reason().waiting());
    rows.texts("node", each -> each.columns().place().node());
    rows.numbers("fence", each -> each.change().after().fence());
    rows.numbers("attempt", each -> (long) each.task().activity().attempt());
    rows.texts("progress_message", each -> each.task().activity().progress().message());
    rows.texts("progress_step", each -> each.task().activity().progress().step());
    rows.texts("usage_model", each -> each.task().activity().usage().model());
    rows.numbers("input_tokens", each -> each.task().activity().usage().inputTokens());
    rows.numbers("output_tokens", each -> each.task().activity().usage().outputTokens());
    rows.times("started_at", each -> each.task().timeline().startedAt());
    rows.times("finished_at", each -> each.columns().finishedAt());
    rows.numbers("last_seq", each -> each.task().activity().lastEvent());
  }

  static void setEvents(Columns<Event> events) throws SQLException {
    events.texts("event_id", each -> each.task().toString());
    events.numbers("event_seq", each -> each.logged().seq());
    events.texts("event_body", each -> EventJson.write(each.logged().event()));
  }
}
