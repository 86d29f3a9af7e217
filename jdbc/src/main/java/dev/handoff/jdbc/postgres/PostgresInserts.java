package dev.handoff.jdbc.postgres;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.jdbc.postgres.PostgresTurns.TurnBatch;
import dev.handoff.jdbc.postgres.PostgresTurns.TurnSlot;
import dev.handoff.jdbc.row.EventJson;
import dev.handoff.jdbc.row.GatedLine;
import dev.handoff.jdbc.row.NewRow;
import dev.handoff.jdbc.row.StateColumns;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.Columns;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.ClaimRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Inserts new tasks with their first events, many rows in one statement. [PostgresRows] says why
/// each array has a `select` of its own.
public final class PostgresInserts {
  private static final GivenRows GIVEN =
      GivenRows.of(
          """
          id uuid, type text, owner text, tenant text, subject text, priority bigint,
          start_at bigint, start_before bigint, ready boolean, turn bigint, nth bigint,
          due_at bigint, waiting text, max_attempts bigint, retention bigint, created_at bigint, cache_key text,
          announce boolean, gates text, body text, request text\
          """);

  /// Inserts tasks that wait and cannot be joined, as almost all do. Each has one event.
  private static final String INSERT_WAITING =
      """
      with given as (
        select g.*, %s as fair_start from %s
      ), logged as (
        insert into handoff_submitted (task_id, owner, tenant, at, event, request)
        select id, owner, tenant, :now, body, request from given
      )
      insert into handoff_task (
        id, type, owner, tenant, subject, priority, start_at, start_before, state, ready, fair_start,
        due_at, waiting, fence, attempt, max_attempts, percent, usage_model, input_tokens, output_tokens,
        retention, created_at, updated_at, last_seq, cache_key, announce,
        gates)
      select
        id, type, owner, tenant, subject, priority, start_at, start_before, 'queued', ready, fair_start,
        due_at, waiting, 0, 0, max_attempts, 0, '', 0, 0, retention, created_at, :now, 1, cache_key,
        announce, gates
      from given
      """;

  private static final String INSERT_MANY_WAITING =
      INSERT_WAITING.formatted(PostgresTurns.START, GIVEN.many());
  private static final String INSERT_ONE_WAITING =
      INSERT_WAITING.formatted(PostgresTurns.START, GIVEN.one());

  /// Inserts tasks whose first attempt starts at once. Inserts all or none: none if other tasks of
  /// these types wait, or the node is unknown.
  private static final String INSERT_STARTED =
      """
      with given as (
        select g.*, 0 as fair_start from %s
        where exists (select from handoff_node where id = :node)
          and not exists (
            select from unnest((select cast(:types as text[]))) as r (type), lateral (
              select from handoff_task t
              where t.type = r.type and t.gates = '' and t.state = 'queued' and t.ready
              order by t.priority, t.fair_start limit 1) as first)
      ), logged as (
        insert into handoff_submitted (task_id, owner, tenant, at, event, request)
        select id, owner, tenant, :now, body, request from given
      ), started as (
        insert into handoff_event (task_id, seq, at, body)
        select id, 2, :now, :started from given
      )
      insert into handoff_task (
        id, type, owner, tenant, subject, priority, start_at, start_before, state, ready, fair_start,
        due_at, waiting, node, fence, attempt, max_attempts, percent, usage_model, input_tokens,
        output_tokens, retention, created_at, started_at, updated_at, last_seq, cache_key, announce,
        gates)
      select
        id, type, owner, tenant, subject, priority, start_at, start_before, 'processing', ready,
        fair_start, due_at, waiting, :node, :fence, 1, max_attempts, 0, '', 0,
        0, retention, created_at, :now, :now, 2, cache_key, announce,
        gates
      from given
      """;

  private static final String INSERT_MANY_STARTED = INSERT_STARTED.formatted(GIVEN.many());
  private static final String INSERT_ONE_STARTED = INSERT_STARTED.formatted(GIVEN.one());

  /// Inserts tasks of any kind: joinable ones, and ones that have ended already.
  private static final String INSERT =
      """
      with stored as (
        insert into handoff_task (
          id, type, owner, tenant, subject, priority, start_at, start_before, state, ready, fair_start,
          due_at, waiting, fence, attempt, max_attempts, percent, usage_model, input_tokens, output_tokens,
          retention, created_at, updated_at, finished_at, expires_at, last_seq, join_key, cache_key,
          announce, gates, result, message, failure_kind)
        select
          id, type, owner, tenant, subject, priority, start_at, start_before, state, ready, %s,
          due_at, waiting, 0, 0, max_attempts, percent, '', 0, 0, retention, created_at, :now, finished_at,
          expires_at, last_seq, join_key, cache_key, announce, gates, result, message,
          failure_kind
        from unnest(
          (select cast(:id as uuid[])), (select cast(:type as text[])), (select cast(:owner as text[])),
          (select cast(:tenant as text[])), (select cast(:subject as text[])), (select cast(:priority as bigint[])),
          (select cast(:start_at as bigint[])), (select cast(:start_before as bigint[])), (select cast(:state as text[])), (select cast(:ready as boolean[])),
          (select cast(:turn as bigint[])), (select cast(:nth as bigint[])), (select cast(:due_at as bigint[])),
          (select cast(:waiting as text[])), (select cast(:max_attempts as bigint[])), (select cast(:percent as bigint[])),
          (select cast(:retention as bigint[])), (select cast(:created_at as bigint[])),
          (select cast(:finished_at as bigint[])), (select cast(:expires_at as bigint[])),
          (select cast(:last_seq as bigint[])), (select cast(:join_key as text[])), (select cast(:cache_key as text[])),
          (select cast(:announce as boolean[])), (select cast(:gates as text[])), (select cast(:result as text[])),
          (select cast(:message as text[])), (select cast(:failure_kind as text[]))
        ) as g (
          id, type, owner, tenant, subject, priority, start_at, start_before, state, ready, turn, nth,
          due_at, waiting, max_attempts, percent, retention, created_at, finished_at, expires_at, last_seq,
          join_key, cache_key, announce, gates, result, message, failure_kind)
        where\
      """
              .formatted(PostgresTurns.START)
          + PostgresRows.PATIENCE
          + """
            on conflict do nothing
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
          select id from stored
          """;

  private PostgresInserts() {}

  private record New(NewRow row, StateColumns columns, @Nullable TurnSlot slot) {
    private static New of(NewRow row, @Nullable TurnSlot slot) {
      return new New(row, StateColumns.of(row.task().state()), slot);
    }
  }

  /// Inserts new tasks, except those whose join key an open task has.
  ///
  /// @return the inserted tasks
  static Set<TaskId> insert(SqlSession session, List<NewRow> rows, TurnBatch turns, Instant now)
      throws SQLException {
    List<New> tasks = rows.stream().map(row -> New.of(row, turns.slot(row))).toList();
    return rows.stream().allMatch(NewRow::isPlain)
        ? insertWaiting(session, tasks, turns, now)
        : insertAny(session, tasks, turns, now);
  }

  private static Set<TaskId> insertWaiting(
      SqlSession session, List<New> tasks, TurnBatch turns, Instant now) throws SQLException {
    BoundStatement insert =
        session.sql(tasks.size() == 1 ? INSERT_ONE_WAITING : INSERT_MANY_WAITING);
    setGiven(insert, tasks, now);
    turns.set(insert);
    insert.update();
    turns.given(ignored -> true);
    return tasks.stream().map(each -> each.row().given().id()).collect(Collectors.toSet());
  }

  /// Inserts new tasks whose first attempt starts at this node, all or none.
  ///
  /// @return whether they were inserted; not if a task of these types waits, or the node is unknown
  static boolean insertStarted(
      SqlSession session, List<NewRow> rows, ClaimRequest request, Instant now)
      throws SQLException {
    BoundStatement insert =
        session.sql(rows.size() == 1 ? INSERT_ONE_STARTED : INSERT_MANY_STARTED);
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
    Columns<New> rows =
        tasks.size() == 1 ? Columns.plain(insert, tasks.getFirst()) : new Columns<>(insert, tasks);
    setWaiting(rows, now);
    rows.texts("body", each -> EventJson.write(each.row().events().getFirst().event()));
    rows.texts("request", each -> each.row().given().request().text());
  }

  private static Set<TaskId> insertAny(
      SqlSession session, List<New> tasks, TurnBatch turns, Instant now) throws SQLException {
    BoundStatement insert =
        session.sql(INSERT).set("now", now).set("lock_timeout", session.lockTimeout());
    turns.set(insert);
    Columns<New> rows = new Columns<>(insert, tasks);
    setWaiting(rows, now);
    setEnded(rows);
    List<PostgresRows.Event> events = new ArrayList<>();
    for (New task : tasks) {
      for (LoggedEvent logged : task.row().events()) {
        String request = logged.seq() == 1 ? task.row().given().request().text() : null;
        events.add(new PostgresRows.Event(task.row().given().id(), logged, request));
      }
    }
    Columns<PostgresRows.Event> event = new Columns<>(insert, events);
    PostgresRows.setEvents(event);
    event.texts("event_request", PostgresRows.Event::request);
    Set<TaskId> stored = Set.copyOf(insert.list(TaskRows::id));
    turns.given(stored::contains);
    return stored;
  }

  private static void setWaiting(Columns<New> rows, Instant now) throws SQLException {
    rows.texts("id", each -> each.row().given().id().toString());
    rows.texts("type", each -> each.row().given().type());
    rows.texts("owner", each -> each.row().given().submission().owner());
    rows.texts("tenant", each -> each.row().given().submission().tenant());
    rows.texts("subject", each -> each.row().given().submission().subject());
    rows.numbers(
        "priority", each -> (long) TaskRows.number(each.row().given().submission().priority()));
    rows.times("start_at", each -> each.row().given().submission().startAt());
    rows.times("start_before", each -> each.row().given().submission().startBefore());
    rows.flags("ready", each -> each.columns().readyAt(now) == 1);
    rows.numbers("turn", each -> each.slot() == null ? null : each.slot().turn());
    rows.numbers("nth", each -> each.slot() == null ? null : each.slot().nth());
    rows.times("due_at", each -> each.columns().place().dueAt());
    rows.texts("waiting", each -> each.columns().reason().waiting());
    rows.numbers("max_attempts", each -> (long) each.row().task().activity().maxAttempts());
    rows.numbers("retention", each -> Millis.of(each.row().given().policy().retention()));
    rows.times("created_at", each -> each.row().task().timeline().createdAt());
    rows.texts("gates", each -> GatedLine.text(each.row().given().submission().gates()));
    rows.texts("cache_key", each -> each.row().keys().cacheKey());
    rows.texts("announce", each -> each.row().given().policy().announceEnd() ? "true" : null);
  }

  private static void setEnded(Columns<New> rows) throws SQLException {
    rows.texts("state", each -> each.row().task().state().word());
    rows.numbers("percent", each -> (long) each.row().task().activity().progress().percent());
    rows.times("finished_at", each -> each.columns().finishedAt());
    rows.times("expires_at", each -> each.row().task().timeline().expiresAt());
    rows.numbers("last_seq", each -> each.row().task().activity().lastEvent());
    rows.texts("join_key", each -> each.row().keys().joinKey());
    rows.texts("result", each -> each.columns().result());
    rows.texts("message", each -> each.columns().reason().message());
    rows.texts("failure_kind", each -> each.columns().reason().failureKind());
  }
}
