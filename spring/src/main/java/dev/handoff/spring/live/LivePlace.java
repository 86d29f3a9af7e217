package dev.handoff.spring.live;

import dev.handoff.Subscription;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One subscription of a socket. Nothing is written for it after its end, so that a new
/// subscription to the same task does not mix with it. Safe for use by many threads.
final class LivePlace {
  private final ReentrantLock telling = new ReentrantLock();
  private volatile @Nullable Subscription subscription;
  // Guarded by `telling`.
  private boolean over;

  void begin(Function<LivePlace, Subscription> beginning) {
    subscription = beginning.apply(this);
  }

  /// Writes, unless the subscription has ended.
  void tell(Runnable telling) {
    this.telling.lock();
    try {
      if (!over) {
        telling.run();
      }
    } finally {
      this.telling.unlock();
    }
  }

  /// Ends the subscription; waits for a write under way.
  void end() {
    telling.lock();
    try {
      over = true;
    } finally {
      telling.unlock();
    }
    close();
  }

  /// Ends the engine's calls. Returns at once.
  void close() {
    Subscription told = subscription;
    if (told != null) {
      told.close();
    }
  }
}
