package dev.handoff.jdbc.postgres;

import dev.handoff.jdbc.row.QueueKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Where claims begin to scan each queue of a long backlog. Claimed rows leave dead index entries
/// until the database vacuums; a scan from the cursor skips them. A cursor may miss a task that
/// another node put before it or that an attempt returned. So scans begin at the front for the
/// first tasks of each second, and after a claim that found too few. Safe for use by many threads.
public final class ClaimCursors {
  private static final Duration FROM_THE_BEGINNING_EVERY = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<QueueKey, Long> starts = new HashMap<>();
  private final int backlog;
  private Instant forgetAt = Instant.MIN;
  private int taken;

  /// Scans from the front until this many tasks were claimed in a second.
  ClaimCursors(int backlog) {
    this.backlog = backlog;
  }

  /// Returns the smallest start to scan from.
  long of(QueueKey queue, Instant now) {
    lock.lock();
    try {
      if (!now.isBefore(forgetAt)) {
        starts.clear();
        taken = 0;
        forgetAt = now.plus(FROM_THE_BEGINNING_EVERY);
      }
      return taken < backlog ? Long.MIN_VALUE : starts.getOrDefault(queue, Long.MIN_VALUE);
    } finally {
      lock.unlock();
    }
  }

  boolean isUsed() {
    lock.lock();
    try {
      return taken >= backlog && !starts.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  void taken(QueueKey queue, long start) {
    lock.lock();
    try {
      taken++;
      starts.merge(queue, start, Math::max);
    } finally {
      lock.unlock();
    }
  }

  /// Scans this type from the front again, after a claim that found too few.
  void forget(String type) {
    lock.lock();
    try {
      starts.keySet().removeIf(queue -> queue.type().equals(type));
    } finally {
      lock.unlock();
    }
  }
}
