package dev.handoff.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/// Starts the threads of an engine and parks them. [#SYSTEM] uses the JVM's threads and timers; a
/// simulation decides itself which thread goes on next. Implementations are safe for use by many
/// threads.
public interface Scheduler {
  /// Threads and timers of the JVM.
  Scheduler SYSTEM =
      new Scheduler() {
        @Override
        public Thread startVirtual(String name, Runnable task) {
          return Thread.ofVirtual().name(name).start(task);
        }

        @Override
        public Thread startPlatform(String name, Runnable task) {
          return Thread.ofPlatform().daemon().name(name).start(task);
        }

        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller loops
        public void await(Lock lock, Condition condition, Duration atMost)
            throws InterruptedException {
          // How long it really was does not matter: the caller looks at the clock.
          var ignored = condition.awaitNanos(TimeUnit.NANOSECONDS.convert(atMost));
        }
      };

  /// Time that only passes, in nanoseconds from an arbitrary beginning.
  long nanoTime();

  /// Starts a virtual thread: for work that mostly waits, handlers among it. It gets no processor
  /// while other virtual threads occupy all carriers.
  Thread startVirtual(String name, Runnable task);

  /// Starts a daemon platform thread: for what must go on however much handlers compute.
  Thread startPlatform(String name, Runnable task);

  /// Waits until the condition is signalled or this much time has passed; may return earlier. The
  /// caller holds the lock, which is the condition's, and checks what it waits for.
  void await(Lock lock, Condition condition, Duration atMost) throws InterruptedException;
}
