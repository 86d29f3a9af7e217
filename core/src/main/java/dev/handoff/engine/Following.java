package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.EventSubscriber;
import dev.handoff.LoggedEvent;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Subscription;
import dev.handoff.TaskId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One subscriber's place at one task. Events wait here for it, at most [#KEPT] of them; when it is
/// slower than that they are dropped, and it reads on from the store. A virtual thread exists only
/// while there is something to tell.
final class Following implements Subscription {
  /// The most that is kept for a slow subscriber: at 20 chunks a second, about ten seconds.
  static final int KEPT = 256;

  private final TaskId task;
  private final EventSubscriber subscriber;
  private final EngineParts parts;
  private final Consumer<Following> onClose;
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable ArrayDeque<LoggedEvent> kept;
  private boolean behind = true;
  private boolean serving;
  private boolean closed;
  // Only the serving thread uses it.
  private long seen;

  Following(
      TaskId task,
      long after,
      EventSubscriber subscriber,
      EngineParts parts,
      Consumer<Following> onClose) {
    this.task = task;
    this.seen = after;
    this.subscriber = subscriber;
    this.parts = parts;
    this.onClose = onClose;
  }

  TaskId task() {
    return task;
  }

  /// Begins with what the store has.
  void start() {
    lock.lock();
    try {
      serve();
    } finally {
      lock.unlock();
    }
  }

  /// Takes events that were just committed. Returns at once.
  void offer(List<LoggedEvent> events) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      // Who is behind reads these from the store, where they are already.
      if (!behind) {
        ArrayDeque<LoggedEvent> queue = kept == null ? new ArrayDeque<>() : kept;
        queue.addAll(events);
        kept = queue;
        if (queue.size() > KEPT) {
          fallBehind();
        }
      }
      serve();
    } finally {
      lock.unlock();
    }
  }

  /// Reads on from the store. Returns at once.
  void lookAgain() {
    lock.lock();
    try {
      if (!closed) {
        fallBehind();
        serve();
      }
    } finally {
      lock.unlock();
    }
  }

  private void fallBehind() {
    kept = null;
    behind = true;
  }

  private void serve() {
    if (!serving && !closed) {
      serving = true;
      parts.scheduler().startVirtual("handoff-follow", this::tell);
    }
  }

  private void tell() {
    try {
      List<LoggedEvent> events = next();
      while (!events.isEmpty()) {
        subscriber.onEvents(events);
        seen = events.getLast().seq();
        if (events.getLast().event().isTerminal()) {
          close();
        }
        events = next();
      }
    } catch (StoreUnavailableException away) {
      // Whether the subscriber threw it or the store: nothing was lost, and it is told again.
      readOnLater(away.retryAfter());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    } catch (Exception e) {
      close();
      parts.listener().on(new EngineEvent.SubscriberFailed(task, e));
    }
  }

  // It stays the one that serves, so nobody else begins before.
  private void readOnLater(Duration wait) {
    lock.lock();
    try {
      fallBehind();
    } finally {
      lock.unlock();
    }
    var _ =
        parts.alarms().in(wait, () -> parts.scheduler().startVirtual("handoff-follow", this::tell));
  }

  /// What comes after the last one seen; empty when there is nothing for now, and then nobody
  /// serves.
  private List<LoggedEvent> next() {
    while (true) {
      boolean fromStore;
      List<LoggedEvent> waiting = List.of();
      lock.lock();
      try {
        if (closed) {
          serving = false;
          return List.of();
        }
        fromStore = behind;
        if (behind) {
          // Whatever is committed from here on is kept again, so nothing falls between the page and
          // the live events.
          behind = false;
          kept = null;
        } else {
          waiting = takeKept();
          if (waiting.isEmpty() && !behind) {
            serving = false;
            return List.of();
          }
        }
      } finally {
        lock.unlock();
      }
      List<LoggedEvent> found = fromStore ? page() : waiting;
      if (!found.isEmpty()) {
        return found;
      }
    }
  }

  private List<LoggedEvent> takeKept() {
    ArrayDeque<LoggedEvent> queue = kept;
    kept = null;
    if (queue == null) {
      return List.of();
    }
    List<LoggedEvent> fresh = new ArrayList<>(queue.size());
    long expected = seen + 1;
    for (LoggedEvent event : queue) {
      if (event.seq() > expected) {
        fallBehind();
        break;
      }
      if (event.seq() == expected) {
        fresh.add(event);
        expected++;
      }
    }
    return fresh;
  }

  private List<LoggedEvent> page() {
    List<LoggedEvent> page = parts.store().events(task, seen, KEPT);
    if (page.size() == KEPT) {
      // A failure in the middle of the log was followed by a retry. It is told with what comes
      // next, so that only the end of the log looks like the end.
      if (page.getLast().event().isTerminal()) {
        page = page.subList(0, KEPT - 1);
      }
      lock.lock();
      try {
        fallBehind();
      } finally {
        lock.unlock();
      }
    }
    return page;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      kept = null;
    } finally {
      lock.unlock();
    }
    onClose.accept(this);
  }
}
