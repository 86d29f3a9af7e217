package dev.handoff.testing.model;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What a scripted answer waits at, so that a test decides the timing without sleeping. Safe for
/// use by many threads; a gate may be shared by several scripts.
public final class Gate {
  private static final int OPEN_PERMITS = 1_000_000;

  private final Semaphore passes;
  private final Duration pause;

  private Gate(Semaphore passes, Duration pause) {
    this.passes = passes;
    this.pause = pause;
  }

  /// Lets everybody through at once.
  public static Gate open() {
    return new Gate(new Semaphore(OPEN_PERMITS), Duration.ZERO);
  }

  /// Returns a gate that stays closed until [#pass] is called.
  public static Gate closed() {
    return new Gate(new Semaphore(0), Duration.ZERO);
  }

  /// Lets one through after each pause; for people who want to watch, not for tests.
  public static Gate every(Duration pause) {
    return new Gate(new Semaphore(OPEN_PERMITS), pause);
  }

  /// Lets the next one through, now or when it comes.
  public void pass() {
    passes.release();
  }

  /// Lets this many through, now or when they come.
  public void pass(int howMany) {
    passes.release(howMany);
  }

  /// Lets everybody through from now on.
  public void openForAll() {
    passes.release(OPEN_PERMITS);
  }

  /// Waits at most this long; says whether it got through.
  boolean passWithin(Duration wait) throws InterruptedException {
    if (!pause.isZero()) {
      LockSupport.parkNanos(pause.toNanos());
    }
    return passes.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
  }
}
