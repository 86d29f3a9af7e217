package dev.handoff.jdbc.postgres;

import dev.handoff.NodeId;
import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.sql.Uninterrupted;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The nodes whose locks the listening session holds; none while there is no session. Safe for use
/// by many threads.
public final class HeldLocks {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Scheduler scheduler;
  private Set<NodeId> nodes = Set.of();

  HeldLocks(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void set(Set<NodeId> held) {
    lock.lock();
    try {
      if (!nodes.equals(held)) {
        nodes = Set.copyOf(held);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean contains(NodeId node) {
    lock.lock();
    try {
      return nodes.contains(node);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the node's lock is held.
  ///
  /// @return whether it is held
  boolean await(NodeId node, Duration atMost) {
    long end = scheduler.nanoTime() + atMost.toNanos();
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!nodes.contains(node) && left > 0) {
        long waiting = left;
        Uninterrupted.run(() -> {
          scheduler.await(lock, changed, Duration.ofNanos(waiting));
        });
        left = end - scheduler.nanoTime();
      }
      return nodes.contains(node);
    } finally {
      lock.unlock();
    }
  }
}
