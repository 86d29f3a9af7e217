package dev.handoff.jdbc.postgres;

import dev.handoff.TaskId;
import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.sql.Closing;
import dev.handoff.jdbc.sql.Uninterrupted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the other nodes that something was committed. What comes while a notification is on its
/// way goes together in the next one; with nobody to tell nothing is sent. What could not be said,
/// or was not said because nobody seemed to be there, is made up for by a call to look everywhere.
/// Safe for use by many threads.
public final class PostgresNotifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresNotifier.class);

  /// A notification holds 8,000 bytes.
  private static final int TASKS_IN_ONE = 200;

  /// With more the others look everywhere.
  private static final int KEPT = 20_000;

  private static final Duration AGAIN_AFTER = Duration.ofMillis(500);

  private static final String SEND =
      "select pg_notify(:channel, said) from unnest((select cast(:said as text[]))) as s (said)";

  private final PostgresConnections connections;
  private final String channel;
  private final String sender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Set<TaskId> tasks = new LinkedHashSet<>();
  private boolean work;
  private boolean ends;
  private boolean node;
  private boolean missed;
  private final Scheduler scheduler;
  private final Closing closed;
  // Until somebody has looked there may be others.
  private volatile boolean alone;

  PostgresNotifier(PostgresConnections connections, String channel, String sender) {
    this.connections = connections;
    this.scheduler = connections.scheduler();
    this.closed = new Closing(scheduler);
    this.channel = channel;
    this.sender = sender;
  }

  /// What another node says.
  sealed interface Hint {
    /// It is this one's own voice, or nothing that it understands.
    record Own() implements Hint {}

    /// Some task became due.
    record Work() implements Hint {}

    /// Some task ended whose end is to be announced.
    record Ends() implements Hint {}

    /// There is a new node.
    record Nodes() implements Hint {}

    /// Anything may have happened.
    record Anything() implements Hint {}

    /// These tasks have new events.
    record Events(List<TaskId> tasks) implements Hint {}
  }

  void start() {
    var _ = scheduler.startPlatform("handoff-herald", this::serve);
  }

  /// Whether there is nobody else to tell. Who came was not told what happened until it was seen.
  void setAlone(boolean alone) {
    lock.lock();
    try {
      missed |= this.alone && !alone;
      this.alone = alone;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  void tell(Announcements committed) {
    if (alone) {
      return;
    }
    lock.lock();
    try {
      work |= committed.hasWork();
      ends |= committed.hasEnds();
      for (TaskId task : committed.tasks()) {
        if (tasks.size() < KEPT) {
          tasks.add(task);
        } else {
          missed = true;
        }
      }
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Also when it seems to be alone.
  void tellOfNode() {
    lock.lock();
    try {
      node = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    while (true) {
      List<String> sayings = take();
      if (sayings.isEmpty()) {
        return;
      }
      try {
        connections.use(session ->
            session.sql(SEND).set("channel", channel).setTexts("said", sayings).exists());
      } catch (RuntimeException away) {
        LOG.debug("a hint was not sent; the others are told to look as soon as it can be", away);
        missedAll();
      }
    }
  }

  private void missedAll() {
    lock.lock();
    try {
      missed = true;
    } finally {
      lock.unlock();
    }
    Uninterrupted.run(() -> {
      var _ = closed.await(AGAIN_AFTER);
    });
  }

  // Empty when it is closed.
  private List<String> take() {
    lock.lock();
    try {
      while (!isClosed() && !work && !ends && !node && !missed && tasks.isEmpty()) {
        news.awaitUninterruptibly();
      }
      List<String> sayings = new ArrayList<>();
      if (isClosed()) {
        return sayings;
      }
      if (node) {
        sayings.add(sender + " n");
      }
      if (work) {
        sayings.add(sender + " w");
      }
      if (ends) {
        sayings.add(sender + " d");
      }
      if (missed) {
        sayings.add(sender + " a");
      }
      List<String> ids = tasks.stream().map(TaskId::toString).toList();
      for (int from = 0; from < ids.size(); from += TASKS_IN_ONE) {
        int until = Math.min(ids.size(), from + TASKS_IN_ONE);
        sayings.add(sender + " e " + String.join(",", ids.subList(from, until)));
      }
      node = false;
      work = false;
      ends = false;
      missed = false;
      tasks.clear();
      return sayings;
    } finally {
      lock.unlock();
    }
  }

  /// Understands what was heard on the channel.
  Hint read(String said) {
    String[] parts = said.split(" ", 3);
    if (parts.length < 2 || parts[0].equals(sender)) {
      return new Hint.Own();
    }
    return switch (parts[1]) {
      case "w" -> new Hint.Work();
      case "d" -> new Hint.Ends();
      case "n" -> new Hint.Nodes();
      case "a" -> new Hint.Anything();
      case "e" -> parts.length == 3 ? events(parts[2]) : new Hint.Own();
      default -> new Hint.Own();
    };
  }

  private static Hint events(String ids) {
    List<TaskId> tasks = new ArrayList<>();
    for (String id : ids.split(",", -1)) {
      try {
        tasks.add(new TaskId(UUID.fromString(id)));
      } catch (IllegalArgumentException foreign) {
        LOG.debug("a hint named no task: {}", id);
      }
    }
    return new Hint.Events(tasks);
  }

  private boolean isClosed() {
    return closed.isClosed();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed.close();
      news.signal();
    } finally {
      lock.unlock();
    }
  }
}
