package dev.handoff.jdbc.sqlite;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Lets one write transaction run at a time, first come, first served. SQLite has one writer, and
/// lets the others poll for its lock, which starves them under load. A semaphore and not a lock,
/// because another thread may close the connection than the one that began the transaction.
public final class WriteGate {
  private final Semaphore turn = new Semaphore(1, true);
  private volatile @Nullable Thread holder;

  /// Waits to enter.
  ///
  /// @return whether it entered in time
  boolean enter(Duration atMost) throws InterruptedException {
    boolean mine = turn.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (mine) {
      holder = Thread.currentThread();
    }
    return mine;
  }

  void leave() {
    holder = null;
    turn.release();
  }

  /// Whether this thread would wait for itself.
  boolean isHeldByThisThread() {
    return Thread.currentThread().equals(holder);
  }
}
