package dev.handoff.jdbc;

import dev.handoff.NodeId;
import dev.handoff.TimeSource;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Signs of life that the server gives at once: each node holds an advisory lock in its session,
/// which the server releases when the process is gone. A live node that lost its session comes back
/// within the time that a released lock has to be seen; and while the server itself has just
/// started, nothing is concluded. Confined to the session's thread.
final class PostgresSigns {
  private static final Duration LOOK_EVERY = Duration.ofMillis(400);
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(100);
  private static final Duration SEEN_FOR = Duration.ofMillis(600);

  private static final String LOCK = "select 1 where pg_try_advisory_lock(:key)";

  private static final String UNLOCK = "select pg_advisory_unlock(:key)";

  /// Again and again, because a node that could not show it when it joined does so later.
  private static final String SHOW =
      """
      update handoff_node set lock_key = :key
      where id = :id and lock_key is distinct from :key
      """;

  /// The other nodes, and whether the lock of each is released.
  private static final String LOOK =
      """
      select n.id,
        case when n.lock_key is not null
          and pg_postmaster_start_time() < now() - interval '10 seconds'
          and not exists (
            select from pg_locks l
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1
              and l.database = (select oid from pg_database where datname = current_database())
              and (cast(l.classid as bigint) << 32) | cast(l.objid as bigint) = n.lock_key)
          then 1 else 0 end as released
      from handoff_node n
      where not n.id = any(array(select unnest(cast(:mine as text[]))))
      """;

  private final Session session;
  private final TimeSource clock;
  private final Set<NodeId> shown = new HashSet<>();
  private final Map<String, Instant> released = new HashMap<>();
  private Instant nextLook = Instant.MIN;

  PostgresSigns(Session session, TimeSource clock) {
    this.session = session;
    this.clock = clock;
  }

  /// What was seen of the others.
  record Seen(boolean alone, List<String> dead) {}

  /// Takes the locks of these nodes, and releases those of others. While the server still believes
  /// in a session that broke, the lock is that one's, and is asked for again the next time.
  void show(Set<NodeId> nodes) throws SQLException {
    if (shown.equals(nodes)) {
      return;
    }
    for (NodeId node : Set.copyOf(nodes)) {
      if (!shown.contains(node) && session.sql(LOCK).set("key", key(node)).exists()) {
        shown.add(node);
      }
    }
    for (NodeId node : Set.copyOf(shown)) {
      if (!nodes.contains(node)) {
        session.sql(UNLOCK).set("key", key(node)).exists();
        shown.remove(node);
      }
    }
  }

  /// The nodes whose locks this session holds.
  Set<NodeId> shown() {
    return Set.copyOf(shown);
  }

  /// The number of a node's lock: the node's as good as alone, half of its random name.
  static long key(NodeId node) {
    return UUID.nameUUIDFromBytes(node.value().getBytes(StandardCharsets.UTF_8))
        .getMostSignificantBits();
  }

  boolean isTimeToLook() {
    return !clock.instant().isBefore(nextLook);
  }

  /// Looks for the signs of the other nodes.
  Seen look(Set<NodeId> mine) throws SQLException {
    record Other(String id, boolean released) {}
    Instant now = clock.instant();
    nextLook = now.plus(LOOK_EVERY);
    for (NodeId node : shown) {
      session.sql(SHOW).set("key", key(node)).set("id", node.value()).update();
    }
    List<Other> others =
        session
            .sql(LOOK)
            .setTexts("mine", mine.stream().map(NodeId::value).toList())
            .list(row -> new Other(row.text("id"), row.number("released") == 1));
    Set<String> without = new HashSet<>();
    List<String> dead = new ArrayList<>();
    for (Other other : others) {
      if (other.released()) {
        without.add(other.id());
        Instant since = released.computeIfAbsent(other.id(), _ -> now);
        if (!since.plus(SEEN_FOR).isAfter(now)) {
          dead.add(other.id());
        }
      }
    }
    released.keySet().retainAll(without);
    if (without.size() > dead.size()) {
      nextLook = now.plus(LOOK_AGAIN_AFTER);
    }
    return new Seen(others.isEmpty(), dead);
  }
}
