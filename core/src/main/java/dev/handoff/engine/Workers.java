package dev.handoff.engine;

import dev.handoff.EngineEvent.ServiceFailed;
import dev.handoff.EngineListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Runs what must go on even while handlers compute: endings at the hard limit, and writes of
/// events. Handlers occupy the carriers of virtual threads, so these are platform threads: started
/// as needed, at most [#MOST], ended when idle. Actions start in order. They may write to the
/// store, but do not wait while it is unavailable. Safe for use by many threads.
final class Workers implements AutoCloseable {
  /// Enough writes to fill a few groups of a store; further actions queue.
  static final int MOST = 32;

  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final String NAME = "writer";

  private final Scheduler scheduler;
  private final EngineListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int threads;
  private int idle;
  private int called;
  private boolean closed;

  Workers(Scheduler scheduler, EngineListener listener) {
    this.scheduler = scheduler;
    this.listener = listener;
  }

  /// Runs the action soon. Returns at once.
  void run(Runnable action) {
    boolean start = false;
    lock.lock();
    try {
      waiting.add(action);
      if (idle > called) {
        called++;
        more.signal();
      } else if (threads < MOST) {
        threads++;
        start = true;
      }
    } finally {
      lock.unlock();
    }
    if (start) {
      startThread();
    }
  }

  private void startThread() {
    try {
      scheduler.startPlatform("handoff-" + NAME, this::serve);
    } catch (Throwable noThread) {
      listener.on(new ServiceFailed(NAME, noThread));
      // If no thread can be started, queued actions must not wait for ever.
      scheduler.startVirtual("handoff-" + NAME, this::serve);
    }
  }

  private void serve() {
    Optional<Runnable> action = next();
    while (action.isPresent()) {
      try {
        action.get().run();
      } catch (Throwable thrown) {
        listener.on(new ServiceFailed(NAME, thrown));
      }
      action = next();
    }
  }

  /// Returns the next action; null when the thread is to end.
  private Optional<Runnable> next() {
    lock.lock();
    try {
      boolean stays = true;
      while (waiting.isEmpty() && !closed && stays) {
        stays = isCalled();
      }
      Optional<Runnable> action = Optional.ofNullable(waiting.poll());
      if (action.isEmpty()) {
        threads--;
      }
      return action;
    } finally {
      lock.unlock();
    }
  }

  // Whether an idle thread was called within its time. Another one may have taken the action since.
  private boolean isCalled() {
    idle++;
    try {
      scheduler.await(lock, more, IDLE);
    } catch (InterruptedException ignored) {
      // The interrupt was for an action that is over.
    } finally {
      idle--;
    }
    if (called == 0) {
      return false;
    }
    called--;
    return true;
  }

  /// Lets the threads end once nothing waits.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
