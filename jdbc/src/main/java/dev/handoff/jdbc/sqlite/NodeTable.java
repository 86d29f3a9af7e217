package dev.handoff.jdbc.sqlite;

import dev.handoff.NodeId;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.LostTask;
import dev.handoff.jdbc.row.NodeTypes;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// The table of nodes and their leases, and the tasks of nodes that are gone.
public final class NodeTable {
  private static final String JOIN =
      """
      insert into handoff_node (id, role, lease_until, types)
      values (:id, :role, :lease_until, :types)
      on conflict (id) do update set
        role = excluded.role, lease_until = excluded.lease_until, types = excluded.types
      """;

  private static final String RENEW =
      "update handoff_node set lease_until = :lease_until where id = :id";

  private static final String DELETE_NODE = "delete from handoff_node where id = :id";

  private static final String DELETE_LAPSED =
      "delete from handoff_node where lease_until <= :lapsed and id <> :by";

  private static final String SELECT_HELD_BY =
      "select id from handoff_task where state = 'processing' and node = :node";

  /// Scans the tasks in progress, at most the slots of all nodes.
  private static final String SELECT_ORPHANS =
      """
      select id from handoff_task
      where state = 'processing' and node not in (select id from handoff_node)
      limit :at_most
      """;

  private NodeTable() {}

  public static boolean join(SqlSession session, Node node, Instant leaseUntil)
      throws SQLException {
    return session
            .sql(JOIN)
            .set("id", node.id().value())
            .set("role", node.role().name().toLowerCase(Locale.ROOT))
            .set("lease_until", leaseUntil)
            .set("types", NodeTypes.text(node))
            .update()
        == 1;
  }

  public static boolean renew(SqlSession session, NodeId node, Instant leaseUntil)
      throws SQLException {
    return session.sql(RENEW).set("lease_until", leaseUntil).set("id", node.value()).update() == 1;
  }

  /// Removes the node, and queues its tasks again.
  ///
  /// @return how many tasks it held
  public static int leave(WriteTransaction writing, NodeId node) throws SQLException {
    SqlSession session = writing.session();
    Instant now = writing.now();
    session.sql(DELETE_NODE).set("id", node.value()).update();
    TaskEvent handedOver = new AttemptSnoozed(now, "The work moves to another worker.");
    List<TaskId> held = session.sql(SELECT_HELD_BY).set("node", node.value()).list(TaskRows::id);
    for (TaskId id : held) {
      StoredTask task = TaskTable.open(session, id).orElseThrow();
      TaskWrites.apply(writing, task, List.of(handedOver));
    }
    return held.size();
  }

  /// Nodes whose lease has ended by `lapsed`, except the caller.
  public record LapsedNodes(Instant lapsed, NodeId by) {}

  /// Rescues the tasks of nodes that are gone.
  public static RescueResult rescue(WriteTransaction writing, LapsedNodes gone, int atMost)
      throws SQLException {
    SqlSession session = writing.session();
    Instant now = writing.now();
    // First the nodes: one that comes back late finds itself unknown, and learns that its tasks are
    // not its own any more.
    session.sql(DELETE_LAPSED).set("lapsed", gone.lapsed()).set("by", gone.by().value()).update();
    List<TaskId> orphans = session.sql(SELECT_ORPHANS).set("at_most", atMost).list(TaskRows::id);
    int requeued = 0;
    int failed = 0;
    for (TaskId id : orphans) {
      StoredTask task = TaskTable.open(session, id).orElseThrow();
      int attempt = task.task().activity().attempt();
      if (attempt < task.task().activity().maxAttempts()) {
        TaskWrites.apply(writing, task, List.of(new TaskRescued(attempt, now)));
        requeued++;
      } else {
        TaskWrites.apply(writing, task, List.of(new TaskFailed(LostTask.TOO_OFTEN)));
        failed++;
      }
    }
    return new RescueResult(requeued, failed);
  }
}
