package dev.handoff.jdbc.sqlite;

import dev.handoff.Priority;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Turns among tenants by start-time fair queueing. A task's start is the later of the queue's
/// virtual time (the start of what was claimed last) and the end of its tenant's task before it,
/// and it lasts 1: a tenant that submits a thousand tasks gets starts far in the future, one that
/// submits a single task the present. Tasks without a tenant count as one tenant.
///
/// Each type and priority is a queue of its own: a type that is full would otherwise hold back its
/// tenants' other types, and one that moves fast would push late comers of a slow one behind
/// everybody. Queues are compared by how far a task is ahead of its queue's virtual time.
///
/// Kept in memory only, because a lost or rolled back turn harms nobody: the order of claims is
/// stored with each task. For the embedded store, whose one process does all submits and claims.
/// Safe for use by many threads.
public final class FairShare {
  /// Tenants remembered at once, about 20 MB; those beyond start in the present.
  private static final int LIMIT = 100_000;

  /// The start that goes before all others of the row's queue; where nothing waits, the row's own.
  static final String FRONT =
      """
      (select o.fair_start from handoff_task o
       where o.type = handoff_task.type and o.priority = handoff_task.priority
         and o.state = 'queued' and o.ready = 1
       order by o.fair_start limit 1), fair_start, 0\
      """;

  private record Queue(String type, Priority priority) {}

  private static final class Turns {
    private long now;
    private final Map<String, Long> ends = new HashMap<>();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Queue, Turns> queues = new HashMap<>();
  private int remembered;

  /// The start for a task that joins the queue now.
  long next(String type, Priority priority, @Nullable String tenant) {
    lock.lock();
    try {
      Turns turns = turns(type, priority);
      String key = key(tenant);
      long start = Math.max(turns.now, turns.ends.getOrDefault(key, turns.now));
      remember(turns, key, start + 1);
      return start;
    } finally {
      lock.unlock();
    }
  }

  /// The tasks of a tenant that wait since before this process began: their first and last starts.
  record Turn(String type, Priority priority, @Nullable String tenant, long first, long last) {}

  /// Notes tasks that wait since before this process began.
  void restore(Turn turn) {
    lock.lock();
    try {
      boolean known = queues.containsKey(new Queue(turn.type(), turn.priority()));
      Turns turns = turns(turn.type(), turn.priority());
      turns.now = known ? Math.min(turns.now, turn.first()) : turn.first();
      remember(turns, key(turn.tenant()), turn.last() + 1);
    } finally {
      lock.unlock();
    }
  }

  /// The queue's virtual time: the start of what was claimed last.
  long virtualNow(String type, Priority priority) {
    return -lag(type, priority, 0);
  }

  /// How far this start is from its queue's present; the smaller goes first.
  long lag(String type, Priority priority, long start) {
    lock.lock();
    try {
      return start - turns(type, priority).now;
    } finally {
      lock.unlock();
    }
  }

  /// Notes that a task with this start was claimed.
  void claimed(String type, Priority priority, long start) {
    lock.lock();
    try {
      Turns turns = turns(type, priority);
      turns.now = Math.max(turns.now, start);
    } finally {
      lock.unlock();
    }
  }

  /// Notes that a task of this tenant was cancelled before its turn came.
  void gaveUp(String type, Priority priority, @Nullable String tenant) {
    lock.lock();
    try {
      turns(type, priority).ends.computeIfPresent(key(tenant), (_, end) -> end - 1);
    } finally {
      lock.unlock();
    }
  }

  /// Notes that nothing of this type waits any more: everybody begins in the present again.
  void drained(String type) {
    lock.lock();
    try {
      for (Priority priority : Priority.values()) {
        Turns turns = queues.get(new Queue(type, priority));
        if (turns != null) {
          remembered -= turns.ends.size();
          turns.ends.clear();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many tenants are remembered, counted once for each queue.
  int remembered() {
    lock.lock();
    try {
      return remembered;
    } finally {
      lock.unlock();
    }
  }

  private Turns turns(String type, Priority priority) {
    return queues.computeIfAbsent(new Queue(type, priority), _ -> new Turns());
  }

  private void remember(Turns turns, String tenant, long end) {
    if (remembered >= LIMIT && !turns.ends.containsKey(tenant)) {
      forgetPast();
    }
    if (turns.ends.put(tenant, end) == null) {
      remembered++;
    }
  }

  // Whose end is not after the present begins in the present anyway. If that frees nothing, all is
  // forgotten: unfair for a moment, and bounded.
  private void forgetPast() {
    remembered = 0;
    for (Turns turns : queues.values()) {
      turns.ends.values().removeIf(end -> end <= turns.now + 1);
      remembered += turns.ends.size();
    }
    if (remembered > LIMIT / 2) {
      queues.values().forEach(turns -> turns.ends.clear());
      remembered = 0;
    }
  }

  private static String key(@Nullable String tenant) {
    return tenant == null ? "" : tenant;
  }
}
