package dev.handoff.jdbc.postgres;

import dev.handoff.NodeId;
import dev.handoff.TaskId;
import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.Listeners;
import dev.handoff.jdbc.sql.ClosedSignal;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sql.TextForm;
import dev.handoff.jdbc.sql.Uninterrupted;
import dev.handoff.store.StoreListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for notifications of other nodes, and holds the locks that show which nodes are alive.
/// Both only make reactions faster: notifications may be lost, and a node without a session counts
/// as alive until its lease ends.
///
/// One session listens and holds the locks. Another thread sends, so that no commit waits for the
/// server's notification queue. Safe for use by many threads.
public final class PostgresListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresListener.class);

  private static final String CHANNEL = "handoff_news";
  private static final Duration LISTEN_TIMEOUT = Duration.ofMillis(100);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration RECONNECT_AFTER = Duration.ofMillis(200);

  /// Without notifications: the interval at which tasks and events of other nodes are looked up.
  private static final Duration POLL_EVERY = Duration.ofSeconds(2);

  private final OpenServer server;
  private final boolean hints;
  private final PostgresConnections connections;
  private final Listeners listeners;
  private final PostgresNotifier notifier;
  private final Scheduler scheduler;
  private final ClosedSignal closed;
  private final Set<NodeId> ownNodes = ConcurrentHashMap.newKeySet();
  private final HeldLocks held;
  private final AtomicBoolean clearing = new AtomicBoolean();
  private volatile List<String> dead = List.of();
  private volatile @Nullable Thread thread;

  public PostgresListener(
      OpenServer server, PostgresConnections connections, Listeners listeners, boolean hints) {
    this.server = server;
    this.hints = hints;
    this.connections = connections;
    this.listeners = listeners;
    this.scheduler = connections.scheduler();
    this.closed = new ClosedSignal(scheduler);
    this.held = new HeldLocks(scheduler);
    UUID sender = new UUID(server.random().nextLong(), server.random().nextLong());
    this.notifier = new PostgresNotifier(connections, CHANNEL, sender.toString());
  }

  public void start() {
    thread = scheduler.startPlatform("handoff-listener", hints ? this::listen : this::poll);
    if (hints) {
      notifier.start();
    }
  }

  /// Tells this process's listeners what follows from a commit, and notifies the other nodes.
  public void tellWhatFollows(Announcements committed) {
    listeners.tellWhatFollows(List.of(committed));
    notifier.tell(committed);
  }

  /// Acquires the lock of a node before it is in the table: other nodes take a node with a free
  /// lock for dead.
  ///
  /// @return the lock's key; empty while there is no session, which acquires it later
  Optional<Long> joining(NodeId node) {
    if (!hints) {
      return Optional.empty();
    }
    ownNodes.add(node);
    // The session's thread wakes up when it hears itself.
    notifier.announceNode();
    return held.await(node, LOCK_TIMEOUT) ? Optional.of(LivenessLocks.key(node)) : Optional.empty();
  }

  /// Returns the key of the node's lock, if the session holds it.
  Optional<Long> lockKey(NodeId node) {
    return held.contains(node) ? Optional.of(LivenessLocks.key(node)) : Optional.empty();
  }

  void joined() {
    notifier.announceNode();
  }

  void left(NodeId node) {
    ownNodes.remove(node);
  }

  /// Returns nodes whose session has ended although their lease has not.
  List<String> dead() {
    return dead;
  }

  private void poll() {
    try {
      while (!closed.await(POLL_EVERY)) {
        listeners.tellHintsLost();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try {
      do {
        try (Connection session = server.session()) {
          listenOn(session);
        } catch (SQLException e) {
          LOG.debug("the session for notifications broke and is opened again", e);
          startClearing();
          connections.suspect(e);
        } catch (RuntimeException | Error e) {
          LOG.warn("listening for notifications failed and is started again", e);
          startClearing();
        }
      } while (!closed.await(RECONNECT_AFTER));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Without the session nobody holds the locks of these nodes, so the table must not promise them:
  // others would take the nodes for dead. The session may be long in coming back, and this write
  // may wait for the server, so neither waits for the other.
  private void startClearing() {
    if (!closed.isClosed() && clearing.compareAndSet(false, true)) {
      var ignored = scheduler.startVirtual("handoff-clear-locks", this::clear);
    }
  }

  private void clear() {
    try {
      Set<NodeId> unheld = new HashSet<>(ownNodes);
      unheld.removeIf(held::contains);
      connections.use(session -> {
        LivenessLocks.clear(session, unheld);
        return true;
      });
    } catch (RuntimeException e) {
      LOG.debug("the nodes' locks are still in the table, and are taken out at the next try", e);
    } finally {
      clearing.set(false);
    }
  }

  private void listenOn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
    }
    // Notifications may have been missed before.
    listeners.tellHintsLost();
    try (SqlSession session = new SqlSession(connection, TextForm.WITHOUT_NUL)) {
      LivenessLocks locks = new LivenessLocks(session, scheduler);
      PGConnection driver = connection.unwrap(PGConnection.class);
      while (!closed.isClosed()) {
        locks.hold(ownNodes);
        held.set(locks.held());
        check(locks);
        PGNotification[] received =
            driver.getNotifications(Math.toIntExact(LISTEN_TIMEOUT.toMillis()));
        if (received != null) {
          for (PGNotification each : received) {
            handle(each.getParameter());
          }
        }
      }
    } finally {
      forgetSession();
    }
  }

  private void forgetSession() {
    held.set(Set.of());
    dead = List.of();
    notifier.setAlone(false);
  }

  private void check(LivenessLocks locks) throws SQLException {
    if (!locks.isCheckDue()) {
      return;
    }
    LivenessLocks.Peers peers = locks.check(ownNodes);
    notifier.setAlone(peers.alone());
    boolean more = !List.copyOf(dead).containsAll(peers.dead());
    dead = peers.dead();
    if (more) {
      listeners.each(StoreListener::onNodesLost);
    }
  }

  private void handle(String payload) {
    switch (notifier.parse(payload)) {
      case PostgresNotifier.Notification.OwnOrUnknown() -> {}
      case PostgresNotifier.Notification.TasksDue() -> listeners.tellTasksDueElsewhere();
      case PostgresNotifier.Notification.EndsPending() ->
          listeners.each(StoreListener::onEndsPending);
      case PostgresNotifier.Notification.Anything() -> listeners.tellHintsLost();
      case PostgresNotifier.Notification.Nodes() -> notifier.setAlone(false);
      case PostgresNotifier.Notification.Events(List<TaskId> tasks) ->
          tasks.forEach(task -> listeners.each(listener -> listener.onChangedRemotely(task)));
    }
  }

  @Override
  public void close() {
    closed.close();
    notifier.close();
    Thread listening = thread;
    if (listening != null) {
      Uninterrupted.run(listening::join);
    }
  }
}
