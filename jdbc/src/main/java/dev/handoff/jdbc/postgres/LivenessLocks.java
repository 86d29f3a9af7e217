package dev.handoff.jdbc.postgres;

import dev.handoff.NodeId;
import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.sql.SqlSession;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Advisory locks that show which nodes are alive. Each node holds one in its session, and the
/// server releases it when the process dies. A lock must be seen as released for a while, in which
/// a live node can reconnect; nothing is concluded right after the server has started. The table
/// lists the keys of this process's locks only while its session holds them. Confined to the
/// session's thread.
public final class LivenessLocks {
  private static final Duration CHECK_EVERY = Duration.ofMillis(400);
  private static final Duration RECHECK_AFTER = Duration.ofMillis(100);
  private static final Duration RELEASED_FOR = Duration.ofMillis(600);

  /// Whether the node `n` has a lock key in the table, and nobody holds the lock.
  static final String RELEASED =
      """
      n.lock_key is not null and not exists (
        select from pg_locks l
        where l.locktype = 'advisory' and l.granted and l.objsubid = 1
          and l.database = (select oid from pg_database where datname = current_database())
          and (cast(l.classid as bigint) << 32) | cast(l.objid as bigint) = n.lock_key)
      """;

  private static final String LOCK = "select 1 where pg_try_advisory_lock(:key)";

  private static final String UNLOCK = "select pg_advisory_unlock(:key)";

  /// Repeated, because a node may acquire its lock after it has joined.
  private static final String STORE_KEY =
      """
      update handoff_node set lock_key = :key
      where id = :id and lock_key is distinct from :key
      """;

  private static final String CLEAR_KEYS =
      """
      update handoff_node set lock_key = null
      where id = any(array(select unnest(cast(:ids as text[])))) and lock_key is not null
      """;

  /// The locks that this session holds, according to the server.
  private static final String HELD =
      """
      select (cast(classid as bigint) << 32) | cast(objid as bigint) as key from pg_locks
      where locktype = 'advisory' and granted and objsubid = 1 and pid = pg_backend_pid()
        and database = (select oid from pg_database where datname = current_database())
      """;

  /// The other nodes, and whether the lock of each is released.
  private static final String CHECK_PEERS =
      """
      select n.id,
        case when pg_postmaster_start_time() < now() - interval '10 seconds'
          and\
      """
          + " "
          + RELEASED
          + """

              then 1 else 0 end as released
          from handoff_node n
          where not n.id = any(array(select unnest(cast(:mine as text[]))))
          """;

  private final SqlSession session;
  private final Scheduler scheduler;
  private final Set<NodeId> held = new HashSet<>();
  private final Map<String, Long> released = new HashMap<>();
  private long nextCheck;

  LivenessLocks(SqlSession session, Scheduler scheduler) {
    this.session = session;
    this.scheduler = scheduler;
    this.nextCheck = scheduler.nanoTime();
  }

  record Peers(boolean alone, List<String> dead) {}

  /// Acquires the locks of these nodes, and releases those of all others. A broken session may hold
  /// a lock until the server notices; then it is tried again at the next call.
  void hold(Set<NodeId> nodes) throws SQLException {
    if (held.equals(nodes)) {
      return;
    }
    for (NodeId node : Set.copyOf(nodes)) {
      if (!held.contains(node) && session.sql(LOCK).set("key", key(node)).exists()) {
        held.add(node);
      }
    }
    for (NodeId node : Set.copyOf(held)) {
      if (!nodes.contains(node)) {
        session.sql(UNLOCK).set("key", key(node)).exists();
        held.remove(node);
      }
    }
  }

  Set<NodeId> held() {
    return Set.copyOf(held);
  }

  /// Returns the lock key: the upper half of a name-based UUID of the node's id.
  static long key(NodeId node) {
    return UUID.nameUUIDFromBytes(node.value().getBytes(StandardCharsets.UTF_8))
        .getMostSignificantBits();
  }

  /// Clears the lock keys of nodes whose lock no session holds.
  static void clear(SqlSession session, Set<NodeId> nodes) throws SQLException {
    if (!nodes.isEmpty()) {
      session.sql(CLEAR_KEYS).setTexts("ids", nodes.stream().map(NodeId::value).toList()).update();
    }
  }

  // A pooler may have given the session another one's server process, or cleared it.
  private void forgetLocksNotHeld() throws SQLException {
    if (!held.isEmpty()) {
      Set<Long> keys = Set.copyOf(session.sql(HELD).list(row -> row.number("key")));
      held.removeIf(node -> !keys.contains(key(node)));
    }
  }

  boolean isCheckDue() {
    return scheduler.nanoTime() - nextCheck >= 0;
  }

  /// Checks which locks of other nodes are released.
  Peers check(Set<NodeId> mine) throws SQLException {
    record Other(String id, boolean released) {}
    long now = scheduler.nanoTime();
    nextCheck = now + CHECK_EVERY.toNanos();
    forgetLocksNotHeld();
    Set<NodeId> unheld = new HashSet<>(mine);
    unheld.removeAll(held);
    clear(session, unheld);
    for (NodeId node : held) {
      session.sql(STORE_KEY).set("key", key(node)).set("id", node.value()).update();
    }
    List<Other> others =
        session
            .sql(CHECK_PEERS)
            .setTexts("mine", mine.stream().map(NodeId::value).toList())
            .list(row -> new Other(row.text("id"), row.number("released") == 1));
    Set<String> without = new HashSet<>();
    List<String> dead = new ArrayList<>();
    for (Other other : others) {
      if (other.released()) {
        without.add(other.id());
        long since = released.computeIfAbsent(other.id(), ignored -> now);
        if (now - since >= RELEASED_FOR.toNanos()) {
          dead.add(other.id());
        }
      }
    }
    released.keySet().retainAll(without);
    if (without.size() > dead.size()) {
      nextCheck = now + RECHECK_AFTER.toNanos();
    }
    return new Peers(others.isEmpty(), dead);
  }
}
