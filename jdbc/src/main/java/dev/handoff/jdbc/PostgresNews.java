package dev.handoff.jdbc;

import dev.handoff.NodeId;
import dev.handoff.TaskId;
import dev.handoff.engine.Scheduler;
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
final class PostgresNews implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresNews.class);

  private static final String CHANNEL = "handoff_news";
  private static final Duration LISTEN_FOR = Duration.ofMillis(100);
  private static final Duration LONGEST_TO_SHOW = Duration.ofSeconds(1);
  private static final Duration COME_BACK_AFTER = Duration.ofMillis(200);

  /// Without hints: how often work and events of others are looked for.
  private static final Duration POLL_EVERY = Duration.ofSeconds(2);

  private final PostgresDatabase database;
  private final PostgresConnections connections;
  private final Listeners listeners;
  private final PostgresHerald herald;
  private final Scheduler scheduler;
  private final Closing closed;
  private final Set<NodeId> mine = ConcurrentHashMap.newKeySet();
  private final HeldLocks held;
  private final AtomicBoolean hiding = new AtomicBoolean();
  private volatile List<String> dead = List.of();
  private volatile @Nullable Thread thread;

  PostgresNews(PostgresDatabase database, PostgresConnections connections, Listeners listeners) {
    this.database = database;
    this.connections = connections;
    this.listeners = listeners;
    this.scheduler = connections.scheduler();
    this.closed = new Closing(scheduler);
    this.held = new HeldLocks(scheduler);
    UUID sender = new UUID(database.random().nextLong(), database.random().nextLong());
    this.herald = new PostgresHerald(connections, CHANNEL, sender.toString());
  }

  void start() {
    boolean hints = database.settings().notifications();
    thread = scheduler.startPlatform("handoff-news", hints ? this::listen : this::poll);
    if (hints) {
      herald.start();
    }
  }

  /// Tells the listeners of this process, who know the events, what follows from them, and the
  /// other nodes that something was committed.
  void tellWhatFollows(Announcements committed) {
    listeners.tellWhatFollows(List.of(committed));
    herald.tell(committed);
  }

  /// Shows that a node of this process lives, before it is in the table: others take a node whose
  /// lock nobody holds for dead.
  ///
  /// @return the number of its lock; nothing while there is no session, then it is shown later
  Optional<Long> joining(NodeId node) {
    if (!database.settings().notifications()) {
      return Optional.empty();
    }
    mine.add(node);
    // The session's thread wakes up when it hears itself.
    herald.tellOfNode();
    return held.await(node, LONGEST_TO_SHOW)
        ? Optional.of(PostgresSigns.key(node))
        : Optional.empty();
  }

  /// The number of the node's lock while the session holds it.
  Optional<Long> sign(NodeId node) {
    return held.contains(node) ? Optional.of(PostgresSigns.key(node)) : Optional.empty();
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
        listeners.each(StoreListener::onHintsLost);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try {
      do {
        try (Connection session = database.session()) {
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
        PostgresSigns.hide(session, unheld);
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
    listeners.each(StoreListener::onHintsLost);
    try (Session session = new Session(connection, TextForm.WITHOUT_NUL)) {
      PostgresSigns signs = new PostgresSigns(session, scheduler);
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

  private void look(PostgresSigns signs) throws SQLException {
    if (!signs.isTimeToLook()) {
      return;
    }
    PostgresSigns.Seen seen = signs.look(mine);
    herald.setAlone(seen.alone());
    boolean more = !List.copyOf(dead).containsAll(seen.dead());
    dead = seen.dead();
    if (more) {
      listeners.each(StoreListener::onNodesLost);
    }
  }

  private void hear(String said) {
    switch (herald.read(said)) {
      case PostgresHerald.Hint.Own() -> {}
      case PostgresHerald.Hint.Work() -> listeners.each(StoreListener::onTasksDue);
      case PostgresHerald.Hint.Ends() -> listeners.each(StoreListener::onEndsPending);
      case PostgresHerald.Hint.Anything() -> listeners.each(StoreListener::onHintsLost);
      case PostgresHerald.Hint.Nodes() -> herald.setAlone(false);
      case PostgresHerald.Hint.Events(List<TaskId> tasks) ->
          tasks.forEach(task -> listeners.each(listener -> listener.onChangedRemotely(task)));
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
