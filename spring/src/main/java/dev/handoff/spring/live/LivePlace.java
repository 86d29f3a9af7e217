package dev.handoff.spring.live;

import dev.handoff.Subscription;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One thing that a socket follows. Once it is ended nothing more is told of it, so that what is
/// followed anew is not mixed with what was followed before. Safe for use by many threads.
final class LivePlace {
  private final ReentrantLock telling = new ReentrantLock();
  private volatile @Nullable Subscription subscription;
  // Guarded by `telling`.
  private boolean over;

  void begin(Function<LivePlace, Subscription> beginning) {
    subscription = beginning.apply(this);
  }

  /// Tells, unless it was ended.
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

  /// Ends it; waits for what is being told.
  void end() {
    telling.lock();
    try {
      over = true;
    } finally {
      telling.unlock();
    }
    close();
  }

  /// Lets the engine tell nothing more. Returns at once.
  void close() {
    Subscription told = subscription;
    if (told != null) {
      told.close();
    }
  }
}
