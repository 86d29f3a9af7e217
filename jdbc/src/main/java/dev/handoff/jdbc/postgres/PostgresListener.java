package dev.handoff.jdbc.postgres;

import dev.handoff.NodeId;
import dev.handoff.TaskId;
import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.Listeners;
import dev.handoff.jdbc.sql.Closing;
import dev.handoff.jdbc.sql.Session;
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

/// What nodes tell each other beside the tables: hints that there is news, and the locks that show
/// who lives. All of it makes things faster and nothing depends on it: hints may be lost, and a
/// node without a session is believed until its lease ends.
///
/// One session with the server listens and holds the locks; another thread sends, so that no commit
/// waits for the server's queue of notifications. Safe for use by many threads.
public final class PostgresListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresListener.class);

  private static final String CHANNEL = "handoff_news";
  private static final Duration LISTEN_FOR = Duration.ofMillis(100);
  private static final Duration LONGEST_TO_SHOW = Duration.ofSeconds(1);
  private static final Duration COME_BACK_AFTER = Duration.ofMillis(200);

  /// Without hints: how often work and events of others are looked for.
  private static final Duration POLL_EVERY = Duration.ofSeconds(2);

  private final OpenServer server;
  private final boolean hints;
  private final PostgresConnections connections;
  private final Listeners listeners;
  private final PostgresNotifier herald;
  private final Scheduler scheduler;
  private final Closing closed;
  private final Set<NodeId> mine = ConcurrentHashMap.newKeySet();
  private final HeldLocks held;
  private final AtomicBoolean hiding = new AtomicBoolean();
  private volatile List<String> dead = List.of();
  private volatile @Nullable Thread thread;

  public PostgresListener(
      OpenServer server, PostgresConnections connections, Listeners listeners, boolean hints) {
    this.server = server;
    this.hints = hints;
    this.connections = connections;
    this.listeners = listeners;
    this.scheduler = connections.scheduler();
    this.closed = new Closing(scheduler);
    this.held = new HeldLocks(scheduler);
    UUID sender = new UUID(server.random().nextLong(), server.random().nextLong());
    this.herald = new PostgresNotifier(connections, CHANNEL, sender.toString());
  }

  public void start() {
    thread = scheduler.startPlatform("handoff-news", hints ? this::listen : this::poll);
    if (hints) {
      herald.start();
    }
  }

  /// Tells the listeners of this process, who know the events, what follows from them, and the
  /// other nodes that something was committed.
  public void tellWhatFollows(Announcements committed) {
    listeners.tellWhatFollows(List.of(committed));
    herald.tell(committed);
  }

  /// Shows that a node of this process lives, before it is in the table: others take a node whose
  /// lock nobody holds for dead.
  ///
  /// @return the number of its lock; nothing while there is no session, then it is shown later
  Optional<Long> joining(NodeId node) {
    if (!hints) {
      return Optional.empty();
    }
    mine.add(node);
    // The session's thread wakes up when it hears itself.
    herald.tellOfNode();
    return held.await(node, LONGEST_TO_SHOW)
        ? Optional.of(LivenessLocks.key(node))
        : Optional.empty();
  }

  /// The number of the node's lock while the session holds it.
  Optional<Long> sign(NodeId node) {
    return held.contains(node) ? Optional.of(LivenessLocks.key(node)) : Optional.empty();
  }

  /// A node of this process is in the table.
  void joined() {
    herald.tellOfNode();
  }

  /// A node of this process goes.
  void left(NodeId node) {
    mine.remove(node);
  }

  /// Nodes whose session has ended although their lease has not.
  List<String> dead() {
    return dead;
  }

  private void poll() {
    try {
      while (!closed.await(POLL_EVERY)) {
        listeners.each(StoreListener::onMissed);
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
          LOG.debug("the session for news broke and is opened anew", e);
          startHiding();
          connections.suspect(e);
        } catch (RuntimeException | Error e) {
          LOG.warn("listening for news failed and begins anew", e);
          startHiding();
        }
      } while (!closed.await(COME_BACK_AFTER));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Without the session nobody holds the locks of these nodes, so the table must not promise them:
  // others would take the nodes for dead. The session may be long in coming back, and this write
  // may wait for the server, so neither waits for the other.
  private void startHiding() {
    if (!closed.isClosed() && hiding.compareAndSet(false, true)) {
      var _ = scheduler.startVirtual("handoff-hide", this::hide);
    }
  }

  private void hide() {
    try {
      Set<NodeId> unheld = new HashSet<>(mine);
      unheld.removeIf(held::contains);
      connections.use(session -> {
        LivenessLocks.hide(session, unheld);
        return true;
      });
    } catch (RuntimeException e) {
      LOG.debug("the nodes' locks are still in the table, and are taken out at the next try", e);
    } finally {
      hiding.set(false);
    }
  }

  private void listenOn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
    }
    // Whatever was said while nobody listened.
    listeners.each(StoreListener::onMissed);
    try (Session session = new Session(connection, TextForm.WITHOUT_NUL)) {
      LivenessLocks signs = new LivenessLocks(session, scheduler);
      PGConnection driver = connection.unwrap(PGConnection.class);
      while (!closed.isClosed()) {
        signs.show(mine);
        held.set(signs.shown());
        look(signs);
        PGNotification[] heard = driver.getNotifications(Math.toIntExact(LISTEN_FOR.toMillis()));
        if (heard != null) {
          for (PGNotification each : heard) {
            hear(each.getParameter());
          }
        }
      }
    } finally {
      forgetWhatTheSessionKnew();
    }
  }

  private void forgetWhatTheSessionKnew() {
    held.set(Set.of());
    dead = List.of();
    herald.setAlone(false);
  }

  private void look(LivenessLocks signs) throws SQLException {
    if (!signs.isTimeToLook()) {
      return;
    }
    LivenessLocks.Seen seen = signs.look(mine);
    herald.setAlone(seen.alone());
    boolean more = !List.copyOf(dead).containsAll(seen.dead());
    dead = seen.dead();
    if (more) {
      listeners.each(StoreListener::onNodesLost);
    }
  }

  private void hear(String said) {
    switch (herald.read(said)) {
      case PostgresNotifier.Hint.Own() -> {}
      case PostgresNotifier.Hint.Work() -> listeners.each(StoreListener::onWork);
      case PostgresNotifier.Hint.Ends() -> listeners.each(StoreListener::onEnds);
      case PostgresNotifier.Hint.Anything() -> listeners.each(StoreListener::onMissed);
      case PostgresNotifier.Hint.Nodes() -> herald.setAlone(false);
      case PostgresNotifier.Hint.Events(List<TaskId> tasks) ->
          tasks.forEach(task -> listeners.each(listener -> listener.onElsewhere(task)));
    }
  }

  @Override
  public void close() {
    closed.close();
    herald.close();
    Thread listening = thread;
    if (listening != null) {
      Uninterrupted.run(listening::join);
    }
  }
}
