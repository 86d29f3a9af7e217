package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.OwnerSubscriber;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Subscription;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.store.ChangeQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One subscription to the tasks of an owner. Changed tasks wait here for the subscriber, each
/// once, in its latest state; when more than [#KEPT] wait they are dropped and read from the store
/// again. A virtual thread exists only while there is something to report.
final class OwnerFollowing implements Subscription {
  /// The most tasks that wait for a slow subscriber: about a megabyte.
  static final int KEPT = 1_000;

  private final OwnerWatch watch;
  private final OwnerSubscriber subscriber;
  private final EngineParts parts;
  private final OwnerHub hub;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by `lock`.
  private final Map<TaskId, TaskSummary> waiting = new LinkedHashMap<>();
  private boolean serving;
  private boolean closed;
  // It has to read the store from the beginning; and how far it is in that.
  private boolean behind = true;
  private @Nullable ChangeQuery next;
  private Instant readingSince = Instant.MIN;
  // The time it was started with, until it has read everything once.
  private @Nullable Instant first;
  // Up to here it was told everything, and up to there together with what waits.
  private Instant told;
  private @Nullable Instant toldWithWaiting;
  // How far it heard, which only the serving thread uses: what it did not hear is read again.
  private Instant heard;

  OwnerFollowing(
      OwnerWatch watch,
      Optional<Instant> since,
      OwnerSubscriber subscriber,
      EngineParts parts,
      OwnerHub hub) {
    Instant now = parts.store().clock().instant();
    this.watch = watch;
    this.subscriber = subscriber;
    this.parts = parts;
    this.hub = hub;
    Instant start = since.filter(time -> time.isBefore(now)).orElse(now);
    this.first = start;
    this.told = since.isPresent() ? start : now.minus(OwnerWatch.OVERLAP);
    this.heard = told;
  }

  OwnerWatch watch() {
    return watch;
  }

  /// Starts with the tasks in the store.
  void start() {
    lock.lock();
    try {
      serve();
    } finally {
      lock.unlock();
    }
  }

  /// Takes tasks as they stand now, which none that wait is newer than. Returns at once.
  void offer(List<TaskSummary> tasks) {
    lock.lock();
    try {
      // A subscription that is behind reads these from the store.
      if (closed || behind) {
        return;
      }
      tasks.forEach(task -> waiting.put(task.id(), task));
      if (waiting.size() > KEPT) {
        fallBehind();
      }
      serve();
    } finally {
      lock.unlock();
    }
  }

  /// With what waits, it was told everything up to here. Returns at once; the subscriber hears of
  /// it with the next change.
  void toldUpTo(Instant time) {
    lock.lock();
    try {
      if (behind || next != null) {
        return;
      }
      if (waiting.isEmpty()) {
        told = later(told, time);
      } else {
        toldWithWaiting = time;
      }
    } finally {
      lock.unlock();
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void fallBehind() {
    waiting.clear();
    toldWithWaiting = null;
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
      for (NextReport turn = turn(); turn != null; turn = turn()) {
        if (turn.page() != null) {
          read(turn.page());
        } else {
          tell(turn.tasks(), turn.upTo());
        }
      }
    } catch (StoreUnavailableException away) {
      // Whether the subscriber threw it or the store.
      readOnLater(away.retryAfter());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    } catch (Throwable e) {
      close();
      parts.listener().on(new EngineEvent.ServiceFailed("follow-owner", e));
    }
  }

  // It stays the serving thread, so no other one begins before.
  private void readOnLater(Duration wait) {
    lock.lock();
    try {
      fallBehind();
      next = null;
      told = heard;
    } finally {
      lock.unlock();
    }
    var ignored =
        parts
            .deadlines()
            .in(wait, () -> parts.scheduler().startVirtual("handoff-follow", this::tell));
  }

  /// What the subscriber is told next: a page of the store, or these tasks.
  private record NextReport(@Nullable ChangeQuery page, List<TaskSummary> tasks, Instant upTo) {}

  /// Returns what to report next; null when there is nothing for now, and then no thread serves.
  private @Nullable NextReport turn() {
    lock.lock();
    try {
      if (closed) {
        serving = false;
        return null;
      }
      if (next == null && behind) {
        // What changes from here on waits again, so nothing falls between the pages and it.
        behind = false;
        readingSince = parts.store().clock().instant();
        next = ChangeQuery.of(watch.owner(), first == null ? told : first);
      }
      if (next != null) {
        return new NextReport(next, List.of(), told);
      }
      if (waiting.isEmpty()) {
        serving = false;
        return null;
      }
      return takeWaiting();
    } finally {
      lock.unlock();
    }
  }

  private NextReport takeWaiting() {
    List<TaskSummary> taken = waiting.values().stream().limit(TaskQuery.PAGE_LIMIT).toList();
    taken.forEach(task -> waiting.remove(task.id()));
    Instant time = toldWithWaiting;
    if (waiting.isEmpty() && time != null) {
      told = later(told, time);
      toldWithWaiting = null;
    }
    return new NextReport(null, taken, told);
  }

  private void read(ChangeQuery query) throws Exception {
    List<TaskSummary> page = parts.store().changes(query, TaskQuery.PAGE_LIMIT);
    hub.readByOne(watch, page);
    Instant upTo;
    lock.lock();
    try {
      page.forEach(this::dropOlder);
      if (page.size() < TaskQuery.PAGE_LIMIT) {
        next = null;
        first = null;
        told = later(told, readingSince.minus(OwnerWatch.OVERLAP));
      } else {
        next = query.after(page.getLast().id());
      }
      upTo = told;
    } finally {
      lock.unlock();
    }
    tell(page, upTo);
  }

  private void tell(List<TaskSummary> tasks, Instant upTo) throws Exception {
    subscriber.onTasks(tasks, upTo);
    heard = upTo;
  }

  private void dropOlder(TaskSummary read) {
    TaskSummary before = waiting.get(read.id());
    if (before != null && before.activity().lastEvent() <= read.activity().lastEvent()) {
      waiting.remove(read.id());
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      waiting.clear();
    } finally {
      lock.unlock();
    }
    hub.forget(this);
  }
}
