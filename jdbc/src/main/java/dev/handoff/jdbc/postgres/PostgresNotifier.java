package dev.handoff.jdbc.postgres;

import dev.handoff.TaskId;
import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.sql.ClosedSignal;
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

/// Sends NOTIFY after commits. Hints that arrive while one is sent go together in the next; without
/// other nodes nothing is sent. After a failed send, or when the first other node appears, the
/// other nodes are told to look everywhere. Safe for use by many threads.
public final class PostgresNotifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresNotifier.class);

  /// A payload has at most 8,000 bytes.
  private static final int TASKS_PER_PAYLOAD = 200;

  /// Beyond this many, other nodes are told that anything may have changed.
  private static final int MAX_PENDING = 20_000;

  private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

  private static final String SEND =
      "select pg_notify(:channel, payload)"
          + " from unnest((select cast(:payloads as text[]))) as p (payload)";

  private final PostgresConnections connections;
  private final String channel;
  private final String sender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition pending = lock.newCondition();
  private final Set<TaskId> tasks = new LinkedHashSet<>();
  private boolean work;
  private boolean ends;
  private boolean node;
  private boolean missed;
  private final Scheduler scheduler;
  private final ClosedSignal closed;
  // Until the first check there may be other nodes.
  private volatile boolean alone;

  PostgresNotifier(PostgresConnections connections, String channel, String sender) {
    this.connections = connections;
    this.scheduler = connections.scheduler();
    this.closed = new ClosedSignal(scheduler);
    this.channel = channel;
    this.sender = sender;
  }

  /// The content of a notification.
  sealed interface Notification {
    /// Sent by this node, or not understood.
    record OwnOrUnknown() implements Notification {}

    record TasksDue() implements Notification {}

    record EndsPending() implements Notification {}

    record Nodes() implements Notification {}

    record Anything() implements Notification {}

    record Events(List<TaskId> tasks) implements Notification {}
  }

  void start() {
    var ignored = scheduler.startPlatform("handoff-notifier", this::serve);
  }

  /// Sets whether this is the only node. A node that appears has missed the hints before.
  void setAlone(boolean alone) {
    lock.lock();
    try {
      missed |= this.alone && !alone;
      this.alone = alone;
      pending.signal();
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
        if (tasks.size() < MAX_PENDING) {
          tasks.add(task);
        } else {
          missed = true;
        }
      }
      pending.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Announces a new node, even if no other node is known.
  void announceNode() {
    lock.lock();
    try {
      node = true;
      pending.signal();
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    while (true) {
      List<String> payloads = take();
      if (payloads.isEmpty()) {
        return;
      }
      try {
        connections.use(session ->
            session.sql(SEND).set("channel", channel).setTexts("payloads", payloads).exists());
      } catch (RuntimeException away) {
        LOG.debug("a hint was not sent; the others are told to look as soon as it can be", away);
        retryLater();
      }
    }
  }

  private void retryLater() {
    lock.lock();
    try {
      missed = true;
    } finally {
      lock.unlock();
    }
    Uninterrupted.run(() -> {
      var ignored = closed.await(RETRY_PAUSE);
    });
  }

  // Empty when it is closed.
  private List<String> take() {
    lock.lock();
    try {
      while (!isClosed() && !work && !ends && !node && !missed && tasks.isEmpty()) {
        pending.awaitUninterruptibly();
      }
      List<String> payloads = new ArrayList<>();
      if (isClosed()) {
        return payloads;
      }
      if (node) {
        payloads.add(sender + " n");
      }
      if (work) {
        payloads.add(sender + " w");
      }
      if (ends) {
        payloads.add(sender + " d");
      }
      if (missed) {
        payloads.add(sender + " a");
      }
      List<String> ids = tasks.stream().map(TaskId::toString).toList();
      for (int from = 0; from < ids.size(); from += TASKS_PER_PAYLOAD) {
        int until = Math.min(ids.size(), from + TASKS_PER_PAYLOAD);
        payloads.add(sender + " e " + String.join(",", ids.subList(from, until)));
      }
      node = false;
      work = false;
      ends = false;
      missed = false;
      tasks.clear();
      return payloads;
    } finally {
      lock.unlock();
    }
  }

  /// Parses the payload of a notification.
  Notification parse(String payload) {
    String[] parts = payload.split(" ", 3);
    if (parts.length < 2 || parts[0].equals(sender)) {
      return new Notification.OwnOrUnknown();
    }
    return switch (parts[1]) {
      case "w" -> new Notification.TasksDue();
      case "d" -> new Notification.EndsPending();
      case "n" -> new Notification.Nodes();
      case "a" -> new Notification.Anything();
      case "e" -> parts.length == 3 ? events(parts[2]) : new Notification.OwnOrUnknown();
      default -> new Notification.OwnOrUnknown();
    };
  }

  private static Notification events(String ids) {
    List<TaskId> tasks = new ArrayList<>();
    for (String id : ids.split(",", -1)) {
      try {
        tasks.add(new TaskId(UUID.fromString(id)));
      } catch (IllegalArgumentException foreign) {
        LOG.debug("a hint named no task: {}", id);
      }
    }
    return new Notification.Events(tasks);
  }

  private boolean isClosed() {
    return closed.isClosed();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed.close();
      pending.signal();
    } finally {
      lock.unlock();
    }
  }
}
