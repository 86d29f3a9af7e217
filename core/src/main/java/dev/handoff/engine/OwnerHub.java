package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.LoggedEvent;
import dev.handoff.OwnerSubscriber;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Submission;
import dev.handoff.Subscription;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.store.ChangeQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Passes changes of tasks to the subscribers that follow all tasks of an owner. Three reads serve
/// all subscribers of a node together:
///
/// - tasks known to have changed are read soon, many in one query, at most every [#AT_MOST_EVERY];
/// - new tasks of other nodes are asked for every [#DISCOVER_EVERY], for all owners in one query;
/// - each owner's tasks are looked through once in a while, which finds whatever the hints missed.
///
/// Nothing is read while there is no subscriber. Safe for use by many threads.
final class OwnerHub implements AutoCloseable {
  static final Duration AT_MOST_EVERY = Duration.ofMillis(250);
  static final Duration DISCOVER_EVERY = Duration.ofSeconds(1);
  static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  /// A task is committed so long after its id was made, unless it waits for an application's
  /// transaction; the look through all finds it then.
  private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(2);

  /// The scan of all tasks may use a twentieth of one thread's time.
  private static final int REST = 20;

  private static final int OWNERS_AT_ONCE = 500;
  private static final int IDS_AT_ONCE = 1_000;

  private final EngineParts parts;
  private final Map<TaskOwner, OwnerWatch> watches = new ConcurrentHashMap<>();
  private final Set<TaskId> noticed = ConcurrentHashMap.newKeySet();
  private final Set<TaskId> changed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean readingSoon = new AtomicBoolean();
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Instant lastRead = Instant.MIN;
  private volatile boolean missed;
  // Only the tick uses these.
  private Instant discoveredAt = Instant.MAX;
  private Instant restUntil = Instant.MIN;

  OwnerHub(EngineParts parts) {
    this.parts = parts;
  }

  /// Subscribes: reports the owner's tasks as they stand, then each one that changes.
  Subscription follow(TaskOwner owner, Optional<Instant> since, OwnerSubscriber subscriber) {
    Instant now = now();
    OwnerFollowing[] place = new OwnerFollowing[1];
    var ignored =
        watches.compute(
            owner,
            (unusedOwner, before) -> {
              OwnerWatch watch = before == null ? new OwnerWatch(owner, noticed, now) : before;
              place[0] = new OwnerFollowing(watch, since, subscriber, parts, this);
              watch.add(place[0]);
              return watch;
            });
    if (!ticking.getAndSet(true)) {
      tickLater();
    }
    place[0].start();
    return place[0];
  }

  void forget(OwnerFollowing following) {
    var ignored =
        watches.computeIfPresent(
            following.watch().owner(),
            (unusedOwner, watch) -> watch.remove(following) ? null : watch);
  }

  /// Handles events that this node committed. Returns at once.
  void publish(TaskId task, List<LoggedEvent> events) {
    if (watches.isEmpty()) {
      return;
    }
    // Only the store knows the owner of a retried task.
    if (noticed.contains(task) || events.getFirst().event() instanceof TaskRetried) {
      readSoon(task);
    }
  }

  /// Handles a task that this node submitted. Returns at once.
  void submitted(TaskId task, Submission submission) {
    if (!watches.isEmpty() && watches.containsKey(TaskOwner.of(submission))) {
      readSoon(task);
    }
  }

  /// Another node committed a change of this task. Returns at once.
  void lookAgain(TaskId task) {
    if (noticed.contains(task)) {
      readSoon(task);
    }
  }

  /// Hints of other nodes were lost: the next tick scans all tasks.
  void lookAgain() {
    missed = true;
  }

  /// One subscriber has read these tasks by itself.
  void readByOne(OwnerWatch watch, List<TaskSummary> tasks) {
    watch.readByOne(tasks).forEach(this::readSoon);
  }

  private void readSoon(TaskId task) {
    changed.add(task);
    if (!readingSoon.getAndSet(true)) {
      Instant earliest = lastRead.equals(Instant.MIN) ? Instant.MIN : lastRead.plus(AT_MOST_EVERY);
      if (earliest.isAfter(now())) {
        var ignored = parts.deadlines().at(earliest, this::startReading);
      } else {
        startReading();
      }
    }
  }

  private void startReading() {
    parts.scheduler().startVirtual("handoff-owners", this::readChanged);
  }

  private void readChanged() {
    reading.lock();
    try {
      lastRead = now();
      readingSoon.set(false);
      List<TaskId> ids = new ArrayList<>();
      for (Iterator<TaskId> each = changed.iterator(); each.hasNext(); each.remove()) {
        ids.add(each.next());
      }
      for (int from = 0; from < ids.size(); from += TaskQuery.PAGE_LIMIT) {
        read(ids.subList(from, Math.min(ids.size(), from + TaskQuery.PAGE_LIMIT)));
      }
    } finally {
      reading.unlock();
    }
  }

  private void read(List<TaskId> ids) {
    try {
      parts.store().summaries(ids).stream()
          .collect(Collectors.groupingBy(task -> TaskOwner.of(task.submission())))
          .forEach((owner, tasks) -> {
            OwnerWatch watch = watches.get(owner);
            if (watch != null) {
              watch.tell(tasks).forEach(this::readSoon);
            }
          });
    } catch (StoreUnavailableException away) {
      var ignored = parts.deadlines().in(away.retryAfter(), () -> ids.forEach(this::readSoon));
    } catch (Throwable e) {
      parts.listener().on(new EngineEvent.ServiceFailed("owners", e));
    }
  }

  private void tickLater() {
    var ignored = parts.deadlines().in(DISCOVER_EVERY, this::startTick);
  }

  private void startTick() {
    try {
      var ignored = parts.scheduler().startVirtual("handoff-owners", this::tick);
    } catch (Throwable noThread) {
      tickLater();
      throw noThread;
    }
  }

  private void tick() {
    if (watches.isEmpty()) {
      discoveredAt = Instant.MAX;
      ticking.set(false);
      if (watches.isEmpty() || ticking.getAndSet(true)) {
        return;
      }
    }
    try {
      discover();
      look();
    } catch (StoreUnavailableException away) {
      // The next tick tries again.
    } catch (Throwable e) {
      parts.listener().on(new EngineEvent.ServiceFailed("owners", e));
    } finally {
      tickLater();
    }
  }

  private void discover() {
    Instant now = now();
    Instant from = discoveredAt.isBefore(now) ? discoveredAt : now.minus(DISCOVER_EVERY);
    TaskId after = TaskId.firstAt(from.minus(COMMITTED_WITHIN));
    List<String> owners = watches.keySet().stream().map(TaskOwner::owner).distinct().toList();
    for (int at = 0; at < owners.size(); at += OWNERS_AT_ONCE) {
      discover(owners.subList(at, Math.min(owners.size(), at + OWNERS_AT_ONCE)), after);
    }
    discoveredAt = now;
  }

  private void discover(List<String> owners, TaskId first) {
    TaskId after = first;
    List<TaskId> found;
    do {
      found = parts.store().newest(owners, after, IDS_AT_ONCE);
      found.stream().filter(id -> !noticed.contains(id)).forEach(this::readSoon);
      after = found.isEmpty() ? after : found.getLast();
    } while (found.size() == IDS_AT_ONCE);
  }

  private void look() {
    Instant now = now();
    if (now.isBefore(restUntil)) {
      return;
    }
    boolean all = missed;
    missed = false;
    List<OwnerWatch> oldestFirst =
        watches.values().stream()
            .filter(watch -> all || !watch.lookedAt().plus(LOOK_EVERY).isAfter(now))
            .sorted(Comparator.comparing(OwnerWatch::lookedAt))
            .toList();
    for (OwnerWatch watch : oldestFirst) {
      look(watch);
      Duration took = Duration.between(now, now());
      if (took.compareTo(DISCOVER_EVERY.dividedBy(REST)) > 0) {
        // The others' turn is after the rest.
        restUntil = now.plus(took.multipliedBy(REST));
        missed |= all;
        return;
      }
    }
  }

  private void look(OwnerWatch watch) {
    Instant began = now();
    ChangeQuery query = ChangeQuery.of(watch.owner(), watch.lookFrom());
    List<TaskSummary> page;
    do {
      page = parts.store().changes(query, TaskQuery.PAGE_LIMIT);
      watch.tell(page).forEach(this::readSoon);
      query = page.isEmpty() ? query : query.after(page.getLast().id());
    } while (page.size() == TaskQuery.PAGE_LIMIT);
    watch.looked(began);
  }

  /// Returns how many subscribers there are at the moment.
  int size() {
    return watches.values().stream().mapToInt(watch -> watch.followings().size()).sum();
  }

  private Instant now() {
    return parts.store().clock().instant();
  }

  @Override
  public void close() {
    watches.values().forEach(watch -> watch.followings().forEach(OwnerFollowing::close));
  }
}
