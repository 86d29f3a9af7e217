package dev.handoff.engine;

import dev.handoff.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Waits until a time of the engine's clock, or until woken. A wake while no thread waits is kept
/// for the next wait. One thread waits; any thread wakes.
final class Waiter {
  // The system clock may be set. Checking it at least this often bounds the error.
  private static final Duration LONGEST_PARK = Duration.ofSeconds(5);

  private final TimeSource clock;
  private final Scheduler scheduler;
  private final Runnable onLook;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean woken;

  Waiter(TimeSource clock, Scheduler scheduler) {
    this(clock, scheduler, () -> {});
  }

  /// Calls `onLook` each time it checks the clock: at least every few seconds.
  Waiter(TimeSource clock, Scheduler scheduler, Runnable onLook) {
    this.clock = clock;
    this.onLook = onLook;
    this.scheduler = scheduler;
    clock.onJump(this::lookAgain);
  }

  /// Blocks until it is woken or the time has come.
  void awaitUntil(Instant time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!woken) {
        onLook.run();
        Duration left = Duration.between(clock.instant(), time);
        if (left.isNegative() || left.isZero()) {
          break;
        }
        Duration park = left.compareTo(LONGEST_PARK) < 0 ? left : LONGEST_PARK;
        scheduler.await(lock, changed, park);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  /// Blocks for about this much real time, whatever the clock says; may return earlier.
  @SuppressWarnings("WaitNotInLoop")
  void pause(Duration length) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      scheduler.await(lock, changed, length);
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void lookAgain() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
