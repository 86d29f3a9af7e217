package dev.handoff.testing.model;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A gate at which scripted answers wait, so that a test decides the timing without sleeping. Safe
/// for use by many threads; several scripts may share a gate.
public final class Gate {
  private static final int OPEN_PERMITS = 1_000_000;

  private final Semaphore passes;
  private final Duration pause;

  private Gate(Semaphore passes, Duration pause) {
    this.passes = passes;
    this.pause = pause;
  }

  /// Returns a gate that is open.
  public static Gate open() {
    return new Gate(new Semaphore(OPEN_PERMITS), Duration.ZERO);
  }

  /// Returns a gate that stays closed until [#pass] is called.
  public static Gate closed() {
    return new Gate(new Semaphore(0), Duration.ZERO);
  }

  /// Returns a gate that lets one waiter through after each pause; for demonstrations, not for
  /// tests.
  public static Gate every(Duration pause) {
    return new Gate(new Semaphore(OPEN_PERMITS), pause);
  }

  /// Lets the next waiter through, now or when it arrives.
  public void pass() {
    passes.release();
  }

  /// Lets this many waiters through, now or when they arrive.
  public void pass(int howMany) {
    passes.release(howMany);
  }

  /// Opens the gate for good.
  public void openForAll() {
    passes.release(OPEN_PERMITS);
  }

  /// Waits at most this long, and returns whether it got through.
  boolean passWithin(Duration wait) throws InterruptedException {
    if (!pause.isZero()) {
      LockSupport.parkNanos(pause.toNanos());
    }
    return passes.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
  }
}
