package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.EventPage;
import dev.handoff.EventSubscriber;
import dev.handoff.LogPosition;
import dev.handoff.LoggedEvent;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Subscription;
import dev.handoff.TaskId;
import dev.handoff.store.LogPage;
import dev.handoff.store.LogRange;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One subscription to a task. Events wait here for the subscriber, at most [#KEPT] of them and
/// about [#KEPT_BYTES]; a slower subscriber reads on from the store, and the waiting events are
/// dropped. A virtual thread exists only while there is something to report.
///
/// Each read from the store begins with the last event that was reported. If that is another event
/// now, an older copy of the data has replaced the log, and all of it is reported again.
final class Following implements Subscription {
  /// The most events that wait for a slow subscriber: about ten seconds at 20 chunks a second.
  static final int KEPT = 256;

  /// The most text that is kept or read at once, besides one long event.
  static final int KEPT_BYTES = 1 << 20;

  /// How long a task may be unknown: the transaction that submits it may still be open.
  static final Duration APPEARS_WITHIN = Duration.ofMinutes(1);

  private final TaskId task;
  private final EventSubscriber subscriber;
  private final EngineParts parts;
  private final Consumer<Following> onClose;
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable ArrayDeque<LoggedEvent> kept;
  private long keptBytes;
  private boolean behind = true;
  private boolean serving;
  private boolean closed;
  // Only the serving thread uses these.
  private LogMark seen;
  private boolean isAwaited;
  private final Instant appearsUntil;

  Following(
      TaskId task,
      LogPosition position,
      EventSubscriber subscriber,
      EngineParts parts,
      Consumer<Following> onClose) {
    this.task = task;
    this.seen = LogMark.of(position);
    this.appearsUntil = parts.store().clock().instant().plus(APPEARS_WITHIN);
    this.subscriber = subscriber;
    this.parts = parts;
    this.onClose = onClose;
  }

  TaskId task() {
    return task;
  }

  /// Starts with the events in the store.
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
      // A subscription that is behind reads these from the store, where they are already.
      if (!behind) {
        ArrayDeque<LoggedEvent> queue = kept == null ? new ArrayDeque<>() : kept;
        boolean isFirst = queue.isEmpty();
        queue.addAll(events);
        kept = queue;
        keptBytes += EventSize.of(events);
        if (queue.size() > KEPT || (keptBytes > KEPT_BYTES && !isFirst)) {
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
    keptBytes = 0;
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
        seen = LogMark.of(events.getLast());
        if (events.getLast().event().isTerminal()) {
          close();
        }
        events = next();
      }
    } catch (StoreUnavailableException away) {
      // Thrown by the subscriber or by the store: nothing is lost, and it is reported again.
      readOnLater(away.retryAfter());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    } catch (Throwable e) {
      close();
      parts.listener().on(new EngineEvent.SubscriberFailed(task, e));
    }
  }

  // It stays the serving thread, so no other one begins before.
  private void readOnLater(Duration wait) {
    lookAgainFromHere();
    var ignored =
        parts
            .deadlines()
            .in(wait, () -> parts.scheduler().startVirtual("handoff-follow", this::tell));
  }

  /// Returns the events after the last one seen. When there are none for now it returns an empty
  /// list, and no thread serves any more.
  private List<LoggedEvent> next() throws Exception {
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
          keptBytes = 0;
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
    keptBytes = 0;
    if (queue == null) {
      return List.of();
    }
    List<LoggedEvent> fresh = new ArrayList<>(queue.size());
    long expected = seen.seq() + 1;
    LoggedEvent old = null;
    for (LoggedEvent event : queue) {
      if (event.seq() > expected) {
        fallBehind();
        break;
      }
      if (event.seq() == expected) {
        fresh.add(event);
        expected++;
      } else if (event.seq() <= seen.seq()) {
        old = event;
      }
    }
    if (old != null && !seen.isOf(old)) {
      // It was read from the store before it was announced, or its number is given twice.
      fallBehind();
      return List.of();
    }
    return fresh;
  }

  /// What the store has after the last one seen; empty also when the subscriber was told something
  /// else.
  private List<LoggedEvent> page() throws Exception {
    Optional<LogPage> found = read(parts.store(), task, seen, KEPT);
    if (found.isEmpty()) {
      awaitOrEnd();
      return List.of();
    }
    LogPage page = found.get();
    if (!seen.isIn(page)) {
      subscriber.onReset(page.last());
      seen = LogMark.of(LogPosition.START);
      lookAgainFromHere();
      return List.of();
    }
    if (seen.seq() > 0) {
      seen = LogMark.of(page.events().getFirst());
    }
    return after(page);
  }

  private List<LoggedEvent> after(LogPage page) throws Exception {
    List<LoggedEvent> events = newIn(page, seen);
    if (page.hasMore()) {
      lookAgainFromHere();
      // A failure in the middle of the log was followed by a retry. It is told with what comes
      // next, so that only the end of the log looks like the end.
      return events.getLast().event().isTerminal() ? events.subList(0, events.size() - 1) : events;
    }
    if (events.isEmpty() && page.events().getLast().event().isTerminal()) {
      end();
    }
    return events;
  }

  private void awaitOrEnd() throws Exception {
    if (seen.seq() > 0 || !parts.store().clock().instant().isBefore(appearsUntil)) {
      end();
    } else if (!isAwaited) {
      isAwaited = true;
      var ignored = parts.deadlines().at(appearsUntil, this::lookAgain);
    }
  }

  private void end() throws Exception {
    close();
    subscriber.onGone();
  }

  private void lookAgainFromHere() {
    lock.lock();
    try {
      fallBehind();
    } finally {
      lock.unlock();
    }
  }

  private static Optional<LogPage> read(TaskStore store, TaskId task, LogMark mark, int atMost) {
    // With the event that the mark is of, and room for two others.
    int lines = Math.max(atMost, 2) + 1;
    return store.log(new LogRange(task, mark.readFrom(), lines, KEPT_BYTES));
  }

  private static List<LoggedEvent> newIn(LogPage page, LogMark mark) {
    return mark.seq() == 0 ? page.events() : page.events().subList(1, page.events().size());
  }

  /// What comes after the mark in the task's log, or all of the log if the mark is not in it.
  static Optional<EventPage> page(TaskStore store, TaskId task, LogMark mark, int atMost) {
    // A task that is kept only until its followers heard of its end is not found any more.
    if (store.findAll(List.of(task)).isEmpty()) {
      return Optional.empty();
    }
    return read(store, task, mark, atMost)
        .flatMap(page -> {
          if (!mark.isIn(page)) {
            return page(store, task, LogMark.of(LogPosition.START), atMost)
                .map(anew -> new EventPage(true, anew.events(), anew.last()));
          }
          List<LoggedEvent> events = newIn(page, mark);
          int some = Math.min(events.size(), atMost);
          return Optional.of(new EventPage(false, events.subList(0, some), page.last()));
        });
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
      keptBytes = 0;
    } finally {
      lock.unlock();
    }
    onClose.accept(this);
  }
}
