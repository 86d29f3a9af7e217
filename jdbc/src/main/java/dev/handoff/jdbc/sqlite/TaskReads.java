package dev.handoff.jdbc.sqlite;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.GateLines;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sqlite.FairShare.TenantStarts;
import dev.handoff.store.StateCount;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Reads of tasks, events and nodes. Tasks whose retention has passed are not found.
public final class TaskReads {
  private static final String SELECT_TASK =
      "select * from handoff_task where id = :id and (expires_at is null or expires_at > :now)";

  private static final String SELECT_REQUEST =
      """
      select r.body from handoff_task t
      join handoff_request r on r.task_id = t.id
      where t.id = :id and (t.expires_at is null or t.expires_at > :now)
      """;

  private static final String SELECT_STEP =
      """
      select s.value from handoff_task t
      join handoff_step s on s.task_id = t.id
      where t.id = :id and s.name = :name and (t.expires_at is null or t.expires_at > :now)
      """;

  private static final String SELECT_ANY_READY =
      "select 1 from handoff_task"
          + " where type = :type and gates = '' and state = 'queued' and ready = 1 limit 1";

  private static final String SELECT_NEXT_DUE =
      """
      select due_at from handoff_task where type = :type and state = 'queued' and ready = 0
      order by due_at
      limit 1
      """;

  private static final String SELECT_HELD =
      "select id, fence from handoff_task where state = 'processing' and node = :node";

  private static final String SELECT_LIVE_WORKER =
      "select 1 from handoff_node where role <> 'api' and lease_until > :now limit 1";

  /// Each part scans one partial index, and no table.
  private static final String SELECT_COUNTS =
      """
      select type, state, sum(n) as n from (
        select type, 'queued' as state, count(*) as n from handoff_task
        where state = 'queued' and ready = 1 group by type
        union all
        select type, 'queued', count(*) from handoff_task
        where state = 'queued' and ready = 0 group by type
        union all
        select type, 'processing', count(*) from handoff_task
        where state = 'processing' group by type
        union all
        select type, state, count(*) from handoff_task
        where expires_at > :now group by type, state)
      group by type, state
      order by type, state
      """;

  private static final String SELECT_TURNS =
      """
      select type, gates, priority, tenant, min(fair_start) as first, max(fair_start) as last
      from handoff_task
      where state = 'queued' and ready = 1
      group by type, gates, priority, tenant
      """;

  private TaskReads() {}

  public static Optional<Task> find(SqlSession session, TaskId id, Instant now)
      throws SQLException {
    return session.sql(SELECT_TASK).set("id", id.toString()).set("now", now).first(TaskRows::task);
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

  public static Optional<Instant> nextDue(SqlSession session, Collection<String> types, Instant now)
      throws SQLException {
    Optional<Instant> earliest = Optional.empty();
    for (String type : types) {
      if (session.sql(SELECT_ANY_READY).set("type", type).exists()) {
        return Optional.of(now);
      }
      Optional<Instant> due =
          session.sql(SELECT_NEXT_DUE).set("type", type).first(row -> row.time("due_at"));
      if (earliest.isEmpty() || (due.isPresent() && due.get().isBefore(earliest.get()))) {
        earliest = due;
      }
    }
    return earliest;
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

  /// Restores the turns of the waiting tasks after a restart.
  ///
  /// @return whether there are any
  public static boolean restoreTurns(SqlSession session, FairShare fairShare, GateLines lines)
      throws SQLException {
    List<TenantStarts> turns =
        session
            .sql(SELECT_TURNS)
            .list(row ->
                new TenantStarts(
                    TaskRows.queue(row),
                    row.textOrNull("tenant"),
                    row.number("first"),
                    row.number("last")));
    turns.forEach(fairShare::restore);
    turns.stream()
        .map(turn -> turn.queue().line())
        .filter(line -> !line.gates().isEmpty())
        .forEach(lines::waits);
    return !turns.isEmpty();
  }
}
