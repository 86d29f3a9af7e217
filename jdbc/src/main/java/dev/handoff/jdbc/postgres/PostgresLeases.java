package dev.handoff.jdbc.postgres;

import dev.handoff.NodeId;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.postgres.NodeTable.LapsedNodes;
import dev.handoff.jdbc.postgres.NodeTable.Term;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Joins, renews and ends the leases of nodes, and rescues tasks of nodes that lost theirs. Safe
/// for use by many threads.
public final class PostgresLeases {
  /// Longer than a node needs to reconnect and to acquire its lock.
  private static final Duration JUST_BACK = Duration.ofSeconds(3);

  private final PostgresConnections connections;
  private final PostgresListener notifications;
  private final TimeSource clock;
  private final PostgresTimeline timeline;
  private final Consumer<Announcements> tell;
  private volatile Duration length = Duration.ZERO;

  public PostgresLeases(
      PostgresConnections connections,
      PostgresListener notifications,
      TimeSource clock,
      PostgresTimeline timeline,
      Consumer<Announcements> tell) {
    this.connections = connections;
    this.notifications = notifications;
    this.clock = clock;
    this.tell = tell;
    this.timeline = timeline;
  }

  public void join(Node node, Instant leaseUntil) {
    join(node, leaseUntil, Duration.ZERO);
  }

  public void join(Node node, Duration lease) {
    length = lease;
    join(node, testTime(), lease);
  }

  private void join(Node node, @Nullable Instant from, Duration lease) {
    Term term = new Term(from, lease, notifications.joining(node.id()));
    connections.use(session -> {
      NodeTable.join(session, node, term);
      return true;
    });
    notifications.joined();
  }

  public boolean renew(NodeId node, Instant leaseUntil) {
    return renew(node, leaseUntil, Duration.ZERO);
  }

  public boolean renew(NodeId node, Duration lease) {
    return renew(node, testTime(), lease);
  }

  private boolean renew(NodeId node, @Nullable Instant from, Duration lease) {
    return connections.use(session -> {
      PostgresClock.compare(clock, session);
      timeline.look(session, now());
      return NodeTable.renew(session, node, new Term(from, lease, notifications.lockKey(node)));
    });
  }

  // Otherwise the server reads its own clock, as late as can be.
  private @Nullable Instant testTime() {
    return clock instanceof PostgresClock ? null : now();
  }

  public void leave(NodeId node) {
    notifications.left(node);
    // As in a rescue.
    Announcements again = new Announcements();
    tell.accept(
        connections.inTransaction(session -> {
          WriteTransaction writing = new WriteTransaction(session, now(), again.copy());
          again.work(writing.now());
          NodeTable.leave(writing, node);
          return writing.announcements();
        }));
  }

  public RescueResult rescue(NodeId by, int atMost) {
    // Right after an outage every lease has lapsed; each node needs a moment to come back.
    Duration moment = length.compareTo(JUST_BACK) > 0 ? length : JUST_BACK;
    return rescue(by, connections.wasAwayWithin(moment) ? Instant.EPOCH : now(), atMost);
  }

  public RescueResult rescueFromKnownDead(NodeId by, int atMost) {
    return rescue(by, Instant.EPOCH, atMost);
  }

  private RescueResult rescue(NodeId by, Instant lapsed, int atMost) {
    List<String> dead = connections.wasAwayWithin(JUST_BACK) ? List.of() : notifications.dead();
    LapsedNodes gone = new LapsedNodes(lapsed, dead, by);
    // When it runs again, the commit before may have happened without an answer: then there is
    // work.
    Announcements again = new Announcements();
    AnnouncedResult<RescueResult> done =
        connections.inTransaction(session -> {
          WriteTransaction writing = new WriteTransaction(session, now(), again.copy());
          again.work(writing.now());
          return new AnnouncedResult<>(
              NodeTable.rescue(writing, gone, atMost), writing.announcements());
        });
    tell.accept(done.announcements());
    return done.result();
  }

  private Instant now() {
    return Millis.truncated(clock.instant());
  }
}
