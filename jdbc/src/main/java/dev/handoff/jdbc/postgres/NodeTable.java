package dev.handoff.jdbc.postgres;

import dev.handoff.NodeId;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.jdbc.row.Change;
import dev.handoff.jdbc.row.LostTask;
import dev.handoff.jdbc.row.NodeTypes;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of nodes and their leases, and the tasks of nodes that are gone. Calls that move tasks
/// need a transaction.
public final class NodeTable {
  /// The end of a lease, computed by the server when the statement runs: waiting before does not
  /// shorten it.
  private static final String UNTIL =
      """
      coalesce(cast(:from as bigint), cast(extract(epoch from clock_timestamp()) * 1000 as bigint)) + :length\
      """;

  private static final String JOIN =
      """
      insert into handoff_node (id, role, types, lease_until, lock_key)
      values (:id, :role, :types,\
      """
          + " "
          + UNTIL
          + """
          , :lock_key)
          on conflict (id) do update set
            role = excluded.role, types = excluded.types, lease_until = excluded.lease_until,
            lock_key = excluded.lock_key
          """;

  private static final String RENEW =
      "update handoff_node set lock_key = :lock_key, lease_until = " + UNTIL + " where id = :id";

  private static final String DELETE_NODE = "delete from handoff_node where id = :id";

  /// Checks again that the lock of a node that seems dead is still released: the node may have
  /// reconnected.
  private static final String DELETE_DEAD =
      """
      delete from handoff_node n
      where n.id <> :by and (n.lease_until <= :lapsed
        or (n.id = any(array(select unnest(cast(:dead as text[])))) and\
      """
          + " "
          + LivenessLocks.RELEASED
          + "))";

  /// Skips locked tasks: they are ending, or are rescued later.
  private static final String SELECT_HELD_BY =
      """
      select * from handoff_task where state = 'processing' and node = :node
      for update skip locked
      """;

  /// Scans the tasks in progress, at most the slots of all nodes. Skips tasks that another node is
  /// rescuing.
  private static final String SELECT_ORPHANS =
      """
      select * from handoff_task t
      where t.state = 'processing'
        and not exists (select from handoff_node n where n.id = t.node)
      limit :at_most
      for update skip locked
      """;

  private NodeTable() {}

  /// A lease that begins at `from`, or when the server writes it; and the key of the node's lock,
  /// if it is held.
  record Term(@Nullable Instant from, Duration length, Optional<Long> lockKey) {
    private BoundStatement into(BoundStatement statement) throws SQLException {
      return statement
          .set("from", from)
          .set("length", length.toMillis())
          .set("lock_key", lockKey.orElse(null));
    }
  }

  static void join(SqlSession session, Node node, Term term) throws SQLException {
    term.into(session.sql(JOIN))
        .set("id", node.id().value())
        .set("role", node.role().name().toLowerCase(Locale.ROOT))
        .set("types", NodeTypes.text(node))
        .update();
  }

  /// Renews the lease, and stores whether the lock is held.
  static boolean renew(SqlSession session, NodeId node, Term term) throws SQLException {
    return term.into(session.sql(RENEW)).set("id", node.value()).update() == 1;
  }

  static void leave(WriteTransaction writing, NodeId node) throws SQLException {
    SqlSession session = writing.session();
    session.sql(DELETE_NODE).set("id", node.value()).update();
    AttemptSnoozed handedOver =
        new AttemptSnoozed(writing.now(), "The work moves to another worker.");
    List<Change> changes =
        session
            .sql(SELECT_HELD_BY)
            .set("node", node.value())
            .list(row -> Change.of(TaskRows.storedTask(row), List.of(handedOver), writing.now()));
    move(writing, changes);
  }

  /// Nodes whose lease has ended by `lapsed`, and those that are known to be dead, except the
  /// caller.
  public record LapsedNodes(Instant lapsed, Collection<String> dead, NodeId by) {}

  /// Rescues the tasks of nodes that are gone.
  public static RescueResult rescue(WriteTransaction writing, LapsedNodes gone, int atMost)
      throws SQLException {
    SqlSession session = writing.session();
    Instant now = writing.now();
    // First the nodes: one that comes back late finds itself unknown, and learns that its tasks are
    // not its own any more.
    session
        .sql(DELETE_DEAD)
        .set("lapsed", gone.lapsed())
        .setTexts("dead", List.copyOf(gone.dead()))
        .set("by", gone.by().value())
        .update();
    List<StoredTask> orphans =
        session.sql(SELECT_ORPHANS).set("at_most", atMost).list(TaskRows::storedTask);
    List<Change> changes = new ArrayList<>();
    int failed = 0;
    for (StoredTask task : orphans) {
      int attempt = task.task().activity().attempt();
      if (attempt < task.task().activity().maxAttempts()) {
        changes.add(Change.of(task, List.of(new TaskRescued(attempt, now)), now));
      } else {
        changes.add(Change.of(task, List.of(new TaskFailed(LostTask.TOO_OFTEN)), now));
        failed++;
      }
    }
    move(writing, changes);
    return new RescueResult(changes.size() - failed, failed);
  }

  private static void move(WriteTransaction writing, List<Change> changes) throws SQLException {
    if (!changes.isEmpty()) {
      var ignored = PostgresRows.move(writing.session(), changes, writing.now());
      changes.forEach(change -> change.announce(writing.announcements()));
    }
  }
}
