package dev.handoff.jdbc;

import dev.handoff.LoggedEvent;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.jdbc.PostgresTurns.Batch;
import dev.handoff.jdbc.PostgresTurns.Place;
import dev.handoff.store.ClaimRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The writes to tasks and their events on PostgreSQL: many rows in one statement, which is a
/// transaction of its own where nothing else is around it.
///
/// Each array stands in a `select` of its own, here and in the other statements: so the planner
/// does not see how long it is, takes it for short, and goes by the index. A plan for a long array
/// reads the whole table (34 ms instead of 3 for 200 of 20,000 tasks).
final class PostgresRows {
  /// A condition that sets how long the rest of the transaction waits for a lock. It names no row,
  /// so it is looked at once and before the first of them.
  static final String PATIENCE =
      """
       (select set_config('lock_timeout',
          coalesce(cast(:lock_timeout as text), current_setting('lock_timeout')), true)) is not null
      """;

  private static final String GIVEN =
      """
      given as (
        select g.*, %s as fair_start from unnest(
          cast(:id as uuid[]), cast(:type as text[]), cast(:owner as text[]), cast(:tenant as text[]),
          cast(:subject as text[]), cast(:priority as bigint[]), cast(:start_at as bigint[]),
          cast(:ready as boolean[]), cast(:turn as bigint[]), cast(:nth as bigint[]), cast(:due_at as bigint[]),
          cast(:waiting as text[]), cast(:max_attempts as bigint[]), cast(:retention as bigint[]),
          cast(:created_at as bigint[]), cast(:cache_key as text[]), cast(:announce as boolean[]),
          cast(:body as text[]), cast(:request as text[])
        ) as g (
          id, type, owner, tenant, subject, priority, start_at, ready, turn, nth, due_at, waiting,
          max_attempts, retention, created_at, cache_key, announce, body, request)
      """;

  /// New tasks that wait, and cannot be joined: almost all. Their first event is their only one.
  private static final String INSERT_WAITING =
      "with "
          + PostgresTurns.GIVE
          + ", "
          + GIVEN.formatted(PostgresTurns.START)
          + """
          ), logged as (
            insert into handoff_submitted (task_id, owner, tenant, at, event, request)
            select id, owner, tenant, :now, body, request from given
          ), stored as (
            insert into handoff_task (
              id, type, owner, tenant, subject, priority, start_at, state, ready, fair_start, due_at,
              waiting, fence, attempt, max_attempts, percent, usage_model, input_tokens, output_tokens,
              retention, created_at, updated_at, last_seq, cache_key, announce)
            select
              id, type, owner, tenant, subject, priority, start_at, 'queued', ready, fair_start, due_at,
              waiting, 0, 0, max_attempts, 0, '', 0, 0, retention, created_at, :now, 1, cache_key,
              announce
            from given
          )
          select no, start, present from turn
          """;

  /// The same when nobody has to wait: each begins with its first attempt. All or none: none if
  /// others of these types wait, or the node is not known.
  private static final String INSERT_STARTED =
      "with "
          + GIVEN.formatted("0")
          + """
            where exists (select from handoff_node where id = :node)
              and not exists (
                select from handoff_task t
                where t.type = any(array(select unnest(cast(:types as text[])))) and t.state = 'queued' and t.ready)
          ), logged as (
            insert into handoff_submitted (task_id, owner, tenant, at, event, request)
            select id, owner, tenant, :now, body, request from given
          ), started as (
            insert into handoff_event (task_id, seq, at, body)
            select id, 2, :now, :started from given
          )
          insert into handoff_task (
            id, type, owner, tenant, subject, priority, start_at, state, ready, fair_start, due_at,
            waiting, node, fence, attempt, max_attempts, percent, usage_model, input_tokens,
            output_tokens, retention, created_at, started_at, updated_at, last_seq, cache_key, announce)
          select
            id, type, owner, tenant, subject, priority, start_at, 'processing', ready, fair_start,
            due_at, waiting, :node, :fence, 1, max_attempts, 0, '', 0,
            0, retention, created_at, :now, :now, 2, cache_key, announce
          from given
          """;

  /// New tasks of any kind: some may be joined, some have ended already.
  private static final String INSERT =
      """
      with %s, stored as (
        insert into handoff_task (
          id, type, owner, tenant, subject, priority, start_at, state, ready, fair_start, due_at,
          waiting, fence, attempt, max_attempts, percent, usage_model, input_tokens, output_tokens,
          retention, created_at, updated_at, finished_at, expires_at, last_seq, join_key, cache_key,
          announce, result)
        select
          id, type, owner, tenant, subject, priority, start_at, state, ready, %s, due_at,
          waiting, 0, 0, max_attempts, percent, '', 0, 0, retention, created_at, :now, finished_at,
          expires_at, last_seq, join_key, cache_key, announce, result
        from unnest(
          (select cast(:id as uuid[])), (select cast(:type as text[])), (select cast(:owner as text[])),
          (select cast(:tenant as text[])), (select cast(:subject as text[])), (select cast(:priority as bigint[])),
          (select cast(:start_at as bigint[])), (select cast(:state as text[])), (select cast(:ready as boolean[])),
          (select cast(:turn as bigint[])), (select cast(:nth as bigint[])), (select cast(:due_at as bigint[])),
          (select cast(:waiting as text[])), (select cast(:max_attempts as bigint[])), (select cast(:percent as bigint[])),
          (select cast(:retention as bigint[])), (select cast(:created_at as bigint[])),
          (select cast(:finished_at as bigint[])), (select cast(:expires_at as bigint[])),
          (select cast(:last_seq as bigint[])), (select cast(:join_key as text[])), (select cast(:cache_key as text[])),
          (select cast(:announce as boolean[])), (select cast(:result as text[]))
        ) as g (
          id, type, owner, tenant, subject, priority, start_at, state, ready, turn, nth, due_at,
          waiting, max_attempts, percent, retention, created_at, finished_at, expires_at, last_seq,
          join_key, cache_key, announce, result)
        where\
      """
              .formatted(PostgresTurns.GIVE, PostgresTurns.START)
          + PATIENCE
          + """
            on conflict (join_key)
              where join_key is not null and state in ('queued', 'processing') do nothing
            returning id, owner, tenant
          ), events as (
            select e.id, stored.owner, stored.tenant, e.seq, e.body, e.request
            from unnest(
              (select cast(:event_id as uuid[])), (select cast(:event_seq as bigint[])), (select cast(:event_body as text[])),
              (select cast(:event_request as text[]))
            ) as e (id, seq, body, request)
            join stored on stored.id = e.id
          ), submitted as (
            insert into handoff_submitted (task_id, owner, tenant, at, event, request)
            select id, owner, tenant, :now, body, request from events where seq = 1
          ), logged as (
            insert into handoff_event (task_id, seq, at, body)
            select id, seq, :now, body from events where seq > 1
          )
          select id, null as no, null as start, null as present from stored
          union all
          select null, no, start, present from turn
          """;

  /// Every column that a change may touch. The number of the last event guards it: whoever changes
  /// a task adds one. What waits again at once goes to the front of its queue, whether or not it
  /// had a turn before.
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

  /// The same for tasks of which nothing is new but that they end: most moves, and less than half
  /// of the columns.
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

  private record Event(TaskId task, LoggedEvent logged, @Nullable String request) {}

  private record New(NewRow row, StateColumns columns, @Nullable Place place) {
    private static New of(NewRow row, @Nullable Place place) {
      return new New(row, StateColumns.of(row.task().state()), place);
    }
  }

  private record Moved(Change change, Task task, StateColumns columns) {
    private static Moved of(Change change) {
      Task after = change.after().task();
      return new Moved(change, after, StateColumns.of(after.state()));
    }

    private boolean isNothingButAnEnd() {
      return task.isTerminal() && change.events().size() == 1;
    }
  }

  /// Stores new tasks, except those whose join key an open task has.
  ///
  /// @return those that were stored
  static Set<TaskId> insert(Session session, List<NewRow> rows, Batch turns) throws SQLException {
    List<New> tasks = rows.stream().map(row -> New.of(row, turns.place(row))).toList();
    return rows.stream().allMatch(NewRow::isPlain)
        ? insertWaiting(session, tasks, turns)
        : insertAny(session, tasks, turns);
  }

  private static Set<TaskId> insertWaiting(Session session, List<New> tasks, Batch turns)
      throws SQLException {
    BoundStatement insert = session.sql(INSERT_WAITING);
    setGiven(insert, tasks, turns.now());
    turns.set(insert);
    var _ = turns.isGiven(insert);
    return tasks.stream().map(each -> each.row().given().id()).collect(Collectors.toSet());
  }

  /// Stores new tasks whose first attempt begins at this node, all or none.
  ///
  /// @return whether they were stored; not if a task of these types waits, or the node is not known
  static boolean insertStarted(
      Session session, List<NewRow> rows, ClaimRequest request, Instant now) throws SQLException {
    BoundStatement insert = session.sql(INSERT_STARTED);
    setGiven(insert, rows.stream().map(row -> New.of(row, null)).toList(), now);
    // The same for all: it does not name its task.
    AttemptStarted started = (AttemptStarted) rows.getFirst().events().getLast().event();
    insert
        .set("node", request.node().value())
        .set("fence", started.lease().fence())
        .setTexts("types", request.rooms().stream().map(ClaimRequest.Room::type).toList())
        .set("started", EventJson.write(started));
    return insert.update() > 0;
  }

  private static void setGiven(BoundStatement insert, List<New> tasks, Instant now)
      throws SQLException {
    insert.set("now", now);
    Columns<New> rows = new Columns<>(insert, tasks);
    setWaiting(rows, now);
    rows.texts("body", each -> EventJson.write(each.row().events().getFirst().event()));
    rows.texts("request", each -> each.row().given().request().text());
  }

  private static Set<TaskId> insertAny(Session session, List<New> tasks, Batch turns)
      throws SQLException {
    BoundStatement insert =
        session.sql(INSERT).set("now", turns.now()).set("lock_timeout", session.lockTimeout());
    turns.set(insert);
    Columns<New> rows = new Columns<>(insert, tasks);
    setWaiting(rows, turns.now());
    setEnded(rows);
    List<Event> events = new ArrayList<>();
    for (New task : tasks) {
      for (LoggedEvent logged : task.row().events()) {
        String request = logged.seq() == 1 ? task.row().given().request().text() : null;
        events.add(new Event(task.row().given().id(), logged, request));
      }
    }
    Columns<Event> event = new Columns<>(insert, events);
    setEvents(event);
    event.texts("event_request", Event::request);
    return turns.given(insert);
  }

  private static void setWaiting(Columns<New> rows, Instant now) throws SQLException {
    rows.texts("id", each -> each.row().given().id().toString());
    rows.texts("type", each -> each.row().given().type());
    rows.texts("owner", each -> each.row().given().submission().owner());
    rows.texts("tenant", each -> each.row().given().submission().tenant());
    rows.texts("subject", each -> each.row().given().submission().subject());
    rows.numbers(
        "priority", each -> (long) TaskReading.number(each.row().given().submission().priority()));
    rows.times("start_at", each -> each.row().given().submission().startAt());
    rows.flags("ready", each -> each.columns().readyAt(now) == 1);
    rows.numbers("turn", each -> each.place() == null ? null : each.place().turn());
    rows.numbers("nth", each -> each.place() == null ? null : each.place().nth());
    rows.times("due_at", each -> each.columns().place().dueAt());
    rows.texts("waiting", each -> each.columns().reason().waiting());
    rows.numbers("max_attempts", each -> (long) each.row().task().activity().maxAttempts());
    rows.numbers("retention", each -> Millis.of(each.row().given().terms().retention()));
    rows.times("created_at", each -> each.row().task().timeline().createdAt());
    rows.texts("cache_key", each -> each.row().standing().cacheKey());
    rows.texts("announce", each -> each.row().given().terms().announceEnd() ? "true" : null);
  }

  private static void setEnded(Columns<New> rows) throws SQLException {
    rows.texts("state", each -> each.row().task().state().word());
    rows.numbers("percent", each -> (long) each.row().task().activity().progress().percent());
    rows.times("finished_at", each -> each.columns().finishedAt());
    rows.times("expires_at", each -> each.row().task().timeline().expiresAt());
    rows.numbers("last_seq", each -> each.row().task().activity().lastEvent());
    rows.texts("join_key", each -> each.row().standing().joinKey());
    rows.texts("result", each -> each.columns().result());
  }

  /// Writes what changed and what happened, of tasks that are still as they were read; at most one
  /// change of each task.
  ///
  /// @return the tasks that were
  static Set<TaskId> move(Session session, List<Change> changes, Instant now) throws SQLException {
    List<Moved> tasks = changes.stream().map(Moved::of).toList();
    return tasks.stream().allMatch(Moved::isNothingButAnEnd)
        ? end(session, tasks, now)
        : moveAny(session, tasks, now);
  }

  private static Set<TaskId> end(Session session, List<Moved> tasks, Instant now)
      throws SQLException {
    BoundStatement end =
        session.sql(END).set("now", now).set("lock_timeout", session.lockTimeout());
    Columns<Moved> rows = new Columns<>(end, tasks);
    setState(rows);
    rows.texts("event_body", each -> EventJson.write(each.change().events().getFirst().event()));
    return Set.copyOf(end.list(TaskReading::id));
  }

  private static Set<TaskId> moveAny(Session session, List<Moved> tasks, Instant now)
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
    return Set.copyOf(move.list(TaskReading::id));
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

  private static void setEvents(Columns<Event> events) throws SQLException {
    events.texts("event_id", each -> each.task().toString());
    events.numbers("event_seq", each -> each.logged().seq());
    events.texts("event_body", each -> EventJson.write(each.logged().event()));
  }
}
