package dev.handoff.engine;

import dev.handoff.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The one way to wait: until a time of the engine's clock, or until woken. A wake that comes while
/// nobody waits is kept for the next wait. One thread waits, any thread wakes.
final class Waiter {
  // The system's clock may be set; looking again at least this often bounds what that can do.
  private static final Duration LONGEST_PARK = Duration.ofSeconds(5);

  private final TimeSource clock;
  private final Scheduler scheduler;
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile @Nullable Thread waiting;

  Waiter(TimeSource clock, Scheduler scheduler) {
    this.clock = clock;
    this.scheduler = scheduler;
    clock.onJump(this::lookAgain);
  }

  /// Returns when it was woken, or the time has come.
  void awaitUntil(Instant time) throws InterruptedException {
    waiting = Thread.currentThread();
    try {
      // Looked at after `waiting` is set: a waker sees the thread, or the thread sees the wake.
      while (!woken.get()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Duration left = Duration.between(clock.instant(), time);
        if (left.isNegative() || left.isZero()) {
          break;
        }
        scheduler.park(left.compareTo(LONGEST_PARK) < 0 ? left : LONGEST_PARK);
      }
      // Read as well as written: what a waker changed before is seen by whoever returns from here.
      var _ = woken.getAndSet(false);
    } finally {
      waiting = null;
    }
  }

  void wake() {
    if (!woken.getAndSet(true)) {
      lookAgain();
    }
  }

  private void lookAgain() {
    // Does nothing when nobody waits.
    LockSupport.unpark(waiting);
  }
}
