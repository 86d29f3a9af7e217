package dev.handoff.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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
        public void park(Duration atMost) {
          LockSupport.parkNanos(TimeUnit.NANOSECONDS.convert(atMost));
        }
      };

  /// Starts a virtual thread: for work that mostly waits, handlers among it. It gets no processor
  /// while other virtual threads occupy all carriers.
  Thread startVirtual(String name, Runnable task);

  /// Starts a daemon platform thread: for what must go on however much handlers compute.
  Thread startPlatform(String name, Runnable task);

  /// Parks the calling thread until it is unparked or interrupted, or this much time has passed. It
  /// may return earlier for no reason, so the caller looks again at what it waits for.
  void park(Duration atMost);
}
