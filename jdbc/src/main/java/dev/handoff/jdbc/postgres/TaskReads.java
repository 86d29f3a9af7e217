package dev.handoff.jdbc.postgres;

import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.jdbc.postgres.PostgresTurns.TurnRequest;
import dev.handoff.jdbc.row.EventJson;
import dev.handoff.jdbc.row.EventsAfter;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.StateCount;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads of tasks, events and nodes. Tasks whose retention has passed are not found.
public final class TaskReads {
  private static final String SELECT_TASKS =
      """
      select * from handoff_task
      where id = any(array(select unnest(cast(:ids as uuid[])))) and (expires_at is null or expires_at > :now)
      """;

  private static final String SELECT_OPEN =
      """
      select * from handoff_task
      where id = any(array(select unnest(cast(:ids as uuid[])))) and state in ('queued', 'processing')
      """;

  private static final String SELECT_AS_THEY_ARE =
      "select * from handoff_task where id = any(array(select unnest(cast(:ids as uuid[]))))";

  private static final String SELECT_REQUEST =
      """
      select f.request as body from handoff_task t
      join handoff_submitted f on f.task_id = t.id
      where t.id = cast(:id as uuid) and (t.expires_at is null or t.expires_at > :now)
      """;

  private static final String SELECT_STEP =
      """
      select s.value from handoff_task t
      join handoff_step s on s.task_id = t.id
      where t.id = cast(:id as uuid) and s.name = :name
        and (t.expires_at is null or t.expires_at > :now)
      """;

  private static final String SELECT_EVENTS =
      """
      select e.seq, e.at, e.body, case when e.seq = t.last_seq then t.result end as result
      from handoff_task t, lateral (
        (select 1 as seq, f.at, f.event as body from handoff_submitted f
         where f.task_id = t.id and :after < 1)
        union all
        (select l.seq, l.at, l.body from handoff_event l
         where l.task_id = t.id and l.seq > :after order by l.seq limit :at_most)
      ) as e
      where t.id = cast(:id as uuid) and (t.expires_at is null or t.expires_at > :now)
      order by e.seq
      limit :at_most
      """;

  /// The first task of each type's queues, waiting or delayed. The order makes the planner use the
  /// index, rather than expect a waiting task early in a table that begins with finished ones.
  private static final String SELECT_NEXT_DUE =
      """
      select min(first) as due_at from unnest((select cast(:types as text[]))) as g (type),
      lateral (
        (select 0 as first from handoff_task t
         where t.type = g.type and t.gates = '' and t.state = 'queued' and t.ready
         order by t.priority, t.fair_start limit 1)
        union all
        (select t.due_at from handoff_task t
         where t.type = g.type and t.state = 'queued' and not t.ready order by t.due_at limit 1)
      ) as next
      """;

  private static final String SELECT_HELD =
      "select id, fence from handoff_task where state = 'processing' and node = :node";

  private static final String SELECT_LIVE_WORKER =
      "select 1 from handoff_node where role <> 'api' and lease_until > :now limit 1";

  /// Each part scans one partial index.
  private static final String SELECT_COUNTS =
      """
      select type, state, cast(sum(n) as bigint) as n from (
        select type, 'queued' as state, count(*) as n from handoff_task
        where state = 'queued' and ready group by type
        union all
        select type, 'queued', count(*) from handoff_task
        where state = 'queued' and not ready group by type
        union all
        select type, 'processing', count(*) from handoff_task
        where state = 'processing' group by type
        union all
        select type, state, count(*) from handoff_task
        where expires_at > :now group by type, state) as parts
      group by type, state
      order by type, state
      """;

  /// The last waiting task of each tenant.
  private static final String SELECT_TURNS =
      """
      select last.id, g.type, g.gates, g.priority, g.tenant
      from (
        select type, gates, priority, tenant, max(fair_start) as start
        from handoff_task
        where state = 'queued' and ready
        group by type, gates, priority, tenant
      ) as g, lateral (
        select t.id from handoff_task t
        where t.type = g.type and t.gates = g.gates and t.priority = g.priority
          and t.state = 'queued' and t.ready and t.fair_start = g.start and t.tenant is not distinct from g.tenant
        limit 1
      ) as last
      """;

  private TaskReads() {}

  /// Returns those of the tasks that are visible.
  static Map<TaskId, Task> find(SqlSession session, Collection<TaskId> ids, Instant now)
      throws SQLException {
    Map<TaskId, Task> found = new HashMap<>();
    for (Task task :
        session
            .sql(SELECT_TASKS)
            .setTexts("ids", texts(ids))
            .set("now", now)
            .list(TaskRows::task)) {
      found.put(task.id(), task);
    }
    return found;
  }

  /// Returns those of the tasks that have not ended.
  static Map<TaskId, StoredTask> open(SqlSession session, Collection<TaskId> ids)
      throws SQLException {
    return stored(session.sql(SELECT_OPEN).setTexts("ids", texts(ids)));
  }

  /// Returns those of the tasks that exist, ended or not.
  public static Map<TaskId, StoredTask> asTheyAre(SqlSession session, Collection<TaskId> ids)
      throws SQLException {
    return stored(session.sql(SELECT_AS_THEY_ARE).setTexts("ids", texts(ids)));
  }

  private static Map<TaskId, StoredTask> stored(BoundStatement select) throws SQLException {
    Map<TaskId, StoredTask> found = new HashMap<>();
    for (StoredTask task : select.list(TaskRows::storedTask)) {
      found.put(task.task().id(), task);
    }
    return found;
  }

  private static List<String> texts(Collection<TaskId> ids) {
    return ids.stream().map(TaskId::toString).toList();
  }

  public static Optional<Payload> request(SqlSession session, TaskId id, Instant now)
      throws SQLException {
    return session
        .sql(SELECT_REQUEST)
        .set("id", id.toString())
        .set("now", now)
        .first(row -> new Payload(row.text("body")));
  }

  public static Optional<Payload> step(SqlSession session, TaskId id, String name, Instant now)
      throws SQLException {
    return session
        .sql(SELECT_STEP)
        .set("id", id.toString())
        .set("name", name)
        .set("now", now)
        .first(row -> new Payload(row.text("value")));
  }

  public static List<LoggedEvent> events(SqlSession session, EventsAfter range, Instant now)
      throws SQLException {
    TaskId task = range.task();
    return session
        .sql(SELECT_EVENTS)
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

  public static Optional<Instant> nextDue(SqlSession session, Collection<String> types)
      throws SQLException {
    return session
        .sql(SELECT_NEXT_DUE)
        .setTexts("types", List.copyOf(types))
        .first(row -> Optional.ofNullable(row.timeOrNull("due_at")))
        .flatMap(due -> due);
  }

  public static List<Lease> held(SqlSession session, NodeId node) throws SQLException {
    return session
        .sql(SELECT_HELD)
        .set("node", node.value())
        .list(row -> new Lease(TaskRows.id(row), node, row.number("fence")));
  }

  public static boolean hasWorkers(SqlSession session, Instant now) throws SQLException {
    return session.sql(SELECT_LIVE_WORKER).set("now", now).exists();
  }

  public static List<StateCount> counts(SqlSession session, Instant now) throws SQLException {
    return session
        .sql(SELECT_COUNTS)
        .set("now", now)
        .list(row -> new StateCount(row.text("type"), row.text("state"), row.number("n")));
  }

  /// Restores the turns of the waiting tasks.
  ///
  /// @return whether there are any
  public static boolean restoreTurns(SqlSession session, PostgresTurns turns) throws SQLException {
    List<Boolean> restored =
        session
            .sql(SELECT_TURNS)
            .list(row -> {
              turns.restore(
                  new TurnRequest(TaskRows.id(row), TaskRows.queue(row), row.textOrNull("tenant")));
              return true;
            });
    return !restored.isEmpty();
  }
}
