package dev.handoff.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Something that happens once and can be waited for. Safe for use by many threads.
final class Signal {
  private static final Duration LONGEST_PARK = Duration.ofMinutes(1);

  private final Scheduler scheduler;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean given;

  Signal(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void give() {
    lock.lock();
    try {
      given = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Blocks until it was given.
  void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!given) {
        scheduler.await(lock, changed, LONGEST_PARK);
      }
    } finally {
      lock.unlock();
    }
  }
}
