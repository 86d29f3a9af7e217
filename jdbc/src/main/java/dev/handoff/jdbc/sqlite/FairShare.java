package dev.handoff.jdbc.sqlite;

import dev.handoff.Priority;
import dev.handoff.Task;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskState.Waiting;
import dev.handoff.jdbc.row.ClaimChoice;
import dev.handoff.jdbc.row.GatedLine;
import dev.handoff.jdbc.row.QueueKey;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Start-time fair queueing among tenants. A task's start is the queue's virtual time (the start of
/// the task that was claimed last) or the end of its tenant's task before it, whichever is later;
/// it lasts 1. A tenant with a thousand tasks gets starts far ahead, a tenant with one task starts
/// at the virtual time. Tasks without a tenant count as one tenant.
///
/// The tasks of one type and priority that pass the same gates are a queue of their own. Otherwise
/// a full type would block its tenants' other types, and a fast type would push new tasks of a slow
/// one behind all others. Queues are compared by lag.
///
/// Kept in memory: a lost turn does no harm, because the order of claims is stored with each task.
/// For the embedded store, where one process makes all submits and claims. Safe for use by many
/// threads.
public final class FairShare implements ClaimChoice.VirtualTimes {
  /// The largest number of remembered tenants, about 20 MB; others start at the virtual time.
  private static final int LIMIT = 100_000;

  /// The start that puts a row before all others of its queue; its own start if nothing waits.
  static final String FRONT =
      """
      (select o.fair_start from handoff_task o
       where o.type = handoff_task.type and o.gates = handoff_task.gates
         and o.priority = handoff_task.priority
         and o.state = 'queued' and o.ready = 1
       order by o.fair_start limit 1), fair_start, 0\
      """;

  private static final class Turns {
    private long now;
    private final Map<String, Long> ends = new HashMap<>();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<QueueKey, Turns> queues = new HashMap<>();
  private int remembered;

  /// Returns the start of a task that joins the queue now.
  long next(QueueKey queue, @Nullable String tenant) {
    lock.lock();
    try {
      Turns turns = turns(queue);
      String key = key(tenant);
      long start = Math.max(turns.now, turns.ends.getOrDefault(key, turns.now));
      remember(turns, key, start + 1);
      return start;
    } finally {
      lock.unlock();
    }
  }

  /// The first and the last start of a tenant's waiting tasks.
  record TenantStarts(QueueKey queue, @Nullable String tenant, long first, long last) {}

  /// Restores the turns of tasks that waited before this process started.
  void restore(TenantStarts turn) {
    lock.lock();
    try {
      boolean known = queues.containsKey(turn.queue());
      Turns turns = turns(turn.queue());
      turns.now = known ? Math.min(turns.now, turn.first()) : turn.first();
      remember(turns, key(turn.tenant()), turn.last() + 1);
    } finally {
      lock.unlock();
    }
  }

  /// Returns the queue's virtual time: the start of the task that was claimed last.
  long virtualNow(QueueKey queue) {
    return -lag(queue, 0);
  }

  /// Returns the distance of a start from the queue's virtual time; smaller ones come first.
  @Override
  public long lag(QueueKey queue, long start) {
    lock.lock();
    try {
      return start - turns(queue).now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void claimed(QueueKey queue, long start) {
    lock.lock();
    try {
      Turns turns = turns(queue);
      turns.now = Math.max(turns.now, start);
    } finally {
      lock.unlock();
    }
  }

  /// Notes that this task was cancelled, which may have waited for its turn.
  void gaveUp(Task before) {
    if (before.state() instanceof Queued queued && queued.waiting() instanceof Waiting.Submitted) {
      gaveUp(QueueKey.of(before.type(), before.submission()), before.submission().tenant());
    }
  }

  /// Notes that a waiting task of this tenant was cancelled.
  void gaveUp(QueueKey queue, @Nullable String tenant) {
    lock.lock();
    try {
      turns(queue).ends.computeIfPresent(key(tenant), (ignored, end) -> end - 1);
    } finally {
      lock.unlock();
    }
  }

  /// Notes that no task of this line waits: all tenants start at the virtual time again.
  @Override
  public void drained(GatedLine line) {
    lock.lock();
    try {
      for (Priority priority : Priority.values()) {
        QueueKey queue = new QueueKey(line.type(), priority, line.gates());
        Turns turns = queues.get(queue);
        if (turns != null) {
          remembered -= turns.ends.size();
          turns.ends.clear();
          // There are few types, and any number of gates.
          if (!line.gates().isEmpty()) {
            queues.remove(queue);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Returns the number of remembered tenants, counted once for each queue.
  int remembered() {
    lock.lock();
    try {
      return remembered;
    } finally {
      lock.unlock();
    }
  }

  private Turns turns(QueueKey queue) {
    return queues.computeIfAbsent(queue, ignored -> new Turns());
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
