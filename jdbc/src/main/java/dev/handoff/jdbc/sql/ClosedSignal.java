package dev.handoff.jdbc.sql;

import dev.handoff.engine.Scheduler;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A flag that a loop waits on between two rounds. Safe for use by many threads.
public final class ClosedSignal {
  private final Scheduler scheduler;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  public ClosedSignal(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for this long, or until it is closed.
  ///
  /// @return whether it is closed
  public boolean await(Duration atMost) throws InterruptedException {
    long end = scheduler.nanoTime() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (!closed && left > 0) {
        scheduler.await(lock, changed, Duration.ofNanos(left));
        left = end - scheduler.nanoTime();
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }

  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
