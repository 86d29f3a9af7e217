package dev.handoff.testing.simulation;

import dev.handoff.engine.Scheduler;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The threads of one process of a simulation, which can be killed or frozen together. Needs
/// `--add-opens java.base/java.lang=ALL-UNNAMED`, because virtual threads take a scheduler of one's
/// own only through an internal constructor.
public final class SimulatedProcess implements Scheduler {
  private static final Constructor<?> BUILDER = builder();

  private final String name;
  private final SimulatedScheduler scheduler;
  private final Consumer<String> onThreadDied;
  private final List<Runnable> held = new ArrayList<>();
  private State state = State.RUNNING;
  private int threads;

  private enum State {
    RUNNING,
    FROZEN,
    KILLED
  }

  SimulatedProcess(String name, SimulatedScheduler scheduler, Consumer<String> onThreadDied) {
    this.name = name;
    this.scheduler = scheduler;
    this.onThreadDied = onThreadDied;
  }

  private static Constructor<?> builder() {
    try {
      Constructor<?> constructor =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      constructor.setAccessible(true);
      return constructor;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "a simulation needs a JVM started with --add-opens java.base/java.lang=ALL-UNNAMED", e);
    }
  }

  SimulatedScheduler scheduler() {
    return scheduler;
  }

  /// Its name in the run's log.
  public String name() {
    return name;
  }

  @Override
  public Thread startVirtual(String threadName, Runnable task) {
    try {
      Executor executor = this::ready;
      Thread.Builder.OfVirtual builder = (Thread.Builder.OfVirtual) BUILDER.newInstance(executor);
      // Not by the builder's own numbers or the thread's: both go on from run to run.
      String unique = name + "/" + threadName + "-" + threads++;
      return builder
          .name(unique)
          .uncaughtExceptionHandler((ignored, e) -> onThreadDied.accept(unique + " died of " + e))
          .start(task);
    } catch (InvocationTargetException | InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("virtual threads cannot be scheduled here", e);
    }
  }

  @Override
  public Thread startPlatform(String threadName, Runnable task) {
    return startVirtual(threadName, task);
  }

  @Override
  public long nanoTime() {
    return scheduler.passed().toNanos();
  }

  // The simulation's timers hold no lock, so a thread of the process signals.
  @Override
  @SuppressWarnings("WaitNotInLoop") // the caller loops
  public void await(Lock lock, Condition condition, Duration atMost) throws InterruptedException {
    SimulatedScheduler.Timer timer =
        scheduler.in(atMost, () -> startVirtual("timer", () -> signal(lock, condition)));
    try {
      condition.await();
    } finally {
      timer.cancel();
    }
  }

  private static void signal(Lock lock, Condition condition) {
    lock.lock();
    try {
      condition.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void park(Duration atMost) {
    Thread thread = Thread.currentThread();
    SimulatedScheduler.Timer timer = scheduler.in(atMost, () -> LockSupport.unpark(thread));
    LockSupport.park();
    timer.cancel();
  }

  /// Blocks the calling thread for this long.
  void sleep(Duration length) throws InterruptedException {
    Duration until = scheduler.passed().plus(length);
    while (scheduler.passed().compareTo(until) < 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      park(until.minus(scheduler.passed()));
    }
  }

  /// The same, whoever interrupts: the flag stays set.
  public void sleepUninterruptibly(Duration length) {
    boolean interrupted = Thread.interrupted();
    Duration until = scheduler.passed().plus(length);
    while (scheduler.passed().compareTo(until) < 0) {
      park(until.minus(scheduler.passed()));
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void ready(Runnable continuation) {
    switch (state) {
      case RUNNING -> scheduler.ready(this, continuation);
      case FROZEN -> held.add(continuation);
      case KILLED -> {}
    }
  }

  /// Ends all of its threads where they are, as `kill -9` does.
  void kill() {
    state = State.KILLED;
    held.clear();
    var ignored = scheduler.take(this);
  }

  /// Stops all of its threads where they are, as SIGSTOP does.
  void freeze() {
    if (state == State.RUNNING) {
      state = State.FROZEN;
      held.addAll(scheduler.take(this));
    }
  }

  /// Lets its threads go on.
  void thaw() {
    if (state == State.FROZEN) {
      state = State.RUNNING;
      held.forEach(continuation -> scheduler.ready(this, continuation));
      held.clear();
    }
  }

  boolean isRunning() {
    return state == State.RUNNING;
  }

  boolean isKilled() {
    return state == State.KILLED;
  }
}
