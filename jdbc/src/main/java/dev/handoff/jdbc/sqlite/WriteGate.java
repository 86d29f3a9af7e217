package dev.handoff.jdbc.sqlite;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The turn to write. SQLite has one writer at a time and lets others poll for its lock, which
/// starves them under load; here they wait in the order of their coming. A semaphore and not a
/// lock, because a connection may be closed by another thread than the one that began its
/// transaction.
public final class WriteGate {
  private final Semaphore turn = new Semaphore(1, true);
  private volatile @Nullable Thread holder;

  /// Waits for the turn.
  ///
  /// @return whether it came in time
  boolean enter(Duration atMost) throws InterruptedException {
    boolean mine = turn.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (mine) {
      holder = Thread.currentThread();
    }
    return mine;
  }

  /// Gives the turn to the next one.
  void leave() {
    holder = null;
    turn.release();
  }

  /// Whether waiting here would be waiting for oneself.
  boolean isHeldByThisThread() {
    return Thread.currentThread().equals(holder);
  }
}
