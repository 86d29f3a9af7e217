package dev.handoff.engine;

import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import dev.handoff.TaskSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a node knows of one owner's tasks while they are followed: which are open, and which event
/// of each was reported last, so that no subscriber gets an older state after a newer one. Safe for
/// use by many threads.
final class OwnerWatch {
  /// How long a committed change may stay invisible to reads.
  static final Duration OVERLAP = Duration.ofSeconds(10);

  /// The most tasks whose changes are reported at once. Changes of others are found by the scan.
  static final int KNOWN = 10_000;

  private final TaskOwner owner;
  // Of all owners: the tasks whose changes are noticed.
  private final Set<TaskId> noticed;
  private final List<OwnerFollowing> followings = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TaskId, WatchedTask> known = new HashMap<>();
  private boolean over;
  private volatile Instant lookedAt;

  /// The numbers of a task's last events: the highest that was read, and the one told to all.
  private static final class WatchedTask {
    private long read;
    private long told;
    // It was read as it was before that, and is to be read again.
    private boolean stale;
    // When it ended; the future while it is open.
    private Instant endedAt = Instant.MAX;
  }

  OwnerWatch(TaskOwner owner, Set<TaskId> noticed, Instant now) {
    this.owner = owner;
    this.noticed = noticed;
    this.lookedAt = now;
  }

  TaskOwner owner() {
    return owner;
  }

  void add(OwnerFollowing following) {
    followings.add(following);
  }

  /// Removes a subscriber, and forgets everything with the last one.
  ///
  /// @return whether it was the last
  boolean remove(OwnerFollowing following) {
    followings.remove(following);
    if (!followings.isEmpty()) {
      return false;
    }
    lock.lock();
    try {
      over = true;
      known.keySet().forEach(noticed::remove);
      known.clear();
      return true;
    } finally {
      lock.unlock();
    }
  }

  List<OwnerFollowing> followings() {
    return followings;
  }

  /// Returns when the last scan began.
  Instant lookedAt() {
    return lookedAt;
  }

  /// Returns from which time on the next scan has to see every change.
  Instant lookFrom() {
    return lookedAt.minus(OVERLAP);
  }

  /// One of those who follow has read these by itself.
  ///
  /// @return the ones that nobody had noticed before: they may have changed in between
  List<TaskId> readByOne(List<TaskSummary> tasks) {
    List<TaskId> fresh = new ArrayList<>();
    lock.lock();
    try {
      for (TaskSummary task : tasks) {
        WatchedTask before = known.get(task.id());
        WatchedTask now = before == null ? notice(task) : before;
        if (now != null) {
          now.read = Math.max(now.read, task.activity().lastEvent());
          // It is the only one to follow, or the others were told already.
          if (before == null) {
            now.told = followings.size() == 1 ? now.read : 0;
            fresh.add(task.id());
          }
        }
      }
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable WatchedTask notice(TaskSummary task) {
    if (over || known.size() >= KNOWN) {
      return null;
    }
    WatchedTask entry = new WatchedTask();
    task.ended().ifPresent(ignored -> entry.endedAt = task.timeline().updatedAt());
    known.put(task.id(), entry);
    noticed.add(task.id());
    return entry;
  }

  /// Reports to all subscribers what is new in these tasks, which were just read.
  ///
  /// @return the ones that are to be read again: those that had been read later by another, and
  ///   those that nobody had noticed before, because they may have changed in between
  List<TaskId> tell(List<TaskSummary> tasks) {
    List<TaskSummary> news = new ArrayList<>();
    List<TaskId> again = new ArrayList<>();
    lock.lock();
    try {
      for (TaskSummary task : tasks) {
        long last = task.activity().lastEvent();
        WatchedTask entry = known.get(task.id());
        if (entry == null) {
          entry = notice(task);
          if (entry != null && task.ended().isEmpty()) {
            again.add(task.id());
          }
        }
        if (entry == null) {
          if (!task.timeline().updatedAt().isBefore(lookFrom())) {
            news.add(task);
          }
        } else if (last < entry.read && !entry.stale) {
          entry.stale = true;
          again.add(task.id());
        } else {
          if (last < entry.read) {
            // The second read gives the same: an older copy of the data has replaced the log.
            entry.told = 0;
          }
          entry.stale = false;
          entry.read = last;
          if (last > entry.told) {
            entry.told = last;
            entry.endedAt = task.ended().isPresent() ? task.timeline().updatedAt() : Instant.MAX;
            news.add(task);
          }
        }
      }
      if (!news.isEmpty()) {
        followings.forEach(each -> each.offer(news));
      }
      return again;
    } finally {
      lock.unlock();
    }
  }

  /// Every change before this scan was reported. Forgets tasks that ended so long ago that the next
  /// scan does not see them.
  void looked(Instant began) {
    lookedAt = began;
    Instant from = lookFrom();
    lock.lock();
    try {
      known
          .entrySet()
          .removeIf(entry -> {
            boolean old = entry.getValue().endedAt.isBefore(from);
            if (old) {
              noticed.remove(entry.getKey());
            }
            return old;
          });
    } finally {
      lock.unlock();
    }
    followings.forEach(each -> each.toldUpTo(from));
  }
}
