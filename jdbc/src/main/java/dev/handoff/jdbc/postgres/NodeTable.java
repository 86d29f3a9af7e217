package dev.handoff.jdbc.postgres;

import dev.handoff.NodeId;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.jdbc.row.Change;
import dev.handoff.jdbc.row.LostTask;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.Writing;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.Session;
import dev.handoff.store.Node;
import dev.handoff.store.Rescued;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which nodes are alive, and what becomes of the tasks of those that are not. Everything that
/// moves tasks needs a transaction around it.
public final class NodeTable {
  /// The end of a lease is reckoned where the statement runs, so that no wait before uses it up.
  private static final String UNTIL =
      """
      coalesce(cast(:from as bigint), cast(extract(epoch from clock_timestamp()) * 1000 as bigint)) + :length\
      """;

  private static final String JOIN =
      """
      insert into handoff_node (id, role, lease_until, lock_key)
      values (:id, :role,\
      """
          + " "
          + UNTIL
          + """
          , :lock_key)
          on conflict (id) do update set
            role = excluded.role, lease_until = excluded.lease_until, lock_key = excluded.lock_key
          """;

  private static final String RENEW =
      "update handoff_node set lock_key = :lock_key, lease_until = " + UNTIL + " where id = :id";

  private static final String DELETE_NODE = "delete from handoff_node where id = :id";

  /// Whether the lock of one that is said to be dead is still released is asked once more: it may
  /// have come back.
  private static final String DELETE_DEAD =
      """
      delete from handoff_node n
      where n.id <> :by and (n.lease_until <= :lapsed
        or (n.id = any(array(select unnest(cast(:dead as text[])))) and\
      """
          + " "
          + LivenessLocks.RELEASED
          + "))";

  /// A task that somebody has locked is passed by: it is being ended, or it is rescued later.
  private static final String SELECT_HELD_BY =
      """
      select * from handoff_task where state = 'processing' and node = :node
      for update skip locked
      """;

  /// Walks through what is being processed, which is little: the nodes' slots together. What
  /// another node is taking back at the same moment is passed by.
  private static final String SELECT_ORPHANS =
      """
      select * from handoff_task t
      where t.state = 'processing'
        and not exists (select from handoff_node n where n.id = t.node)
      limit :at_most
      for update skip locked
      """;

  private NodeTable() {}

  /// A lease of this length from then, or from when the server writes it; and the number of the
  /// lock that shows that the node lives, if it is held.
  record Term(@Nullable Instant from, Duration length, Optional<Long> lockKey) {
    private BoundStatement into(BoundStatement statement) throws SQLException {
      return statement
          .set("from", from)
          .set("length", length.toMillis())
          .set("lock_key", lockKey.orElse(null));
    }
  }

  static void join(Session session, Node node, Term term) throws SQLException {
    term.into(session.sql(JOIN))
        .set("id", node.id().value())
        .set("role", node.role().name().toLowerCase(Locale.ROOT))
        .update();
  }

  /// Also says anew whether its lock is held.
  static boolean renew(Session session, NodeId node, Term term) throws SQLException {
    return term.into(session.sql(RENEW)).set("id", node.value()).update() == 1;
  }

  static void leave(Writing writing, NodeId node) throws SQLException {
    Session session = writing.session();
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

  /// Nodes whose lease ended by then, and those that are known to be dead; but not this one, which
  /// asks.
  public record Gone(Instant lapsed, Collection<String> dead, NodeId by) {}

  /// Takes back the tasks of nodes that are gone.
  public static Rescued rescue(Writing writing, Gone gone, int atMost) throws SQLException {
    Session session = writing.session();
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
    return new Rescued(changes.size() - failed, failed);
  }

  private static void move(Writing writing, List<Change> changes) throws SQLException {
    if (!changes.isEmpty()) {
      var _ = PostgresRows.move(writing.session(), changes, writing.now());
      changes.forEach(change -> change.announce(writing.announcements()));
    }
  }
}
