package dev.handoff.testing.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One seeded scheduler under all threads of a simulation. Of the threads that can go on, the seed
/// chooses one; it runs, on the thread that calls [#runUntil], until it waits. Time passes a little
/// with each of these steps, and jumps to the next timer when all threads wait. The same seed gives
/// the same run.
///
/// Threads are virtual threads whose continuations this scheduler runs itself. Whatever waits must
/// wait by parking without a time limit, or through [SimulatedProcess#park].
public final class SimulatedScheduler {
  /// Time that a step takes at most: about what it takes on a machine.
  private static final int STEP_NANOS = 50_000;

  private final RandomGenerator random;
  private final SimulatedClock clock;
  private final List<ScheduledStep> ready = new ArrayList<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparingLong(Timer::number));
  private final Thread thread = Thread.currentThread();
  private long timerNumber;
  private long steps;
  private @Nullable SimulatedProcess current;

  /// Over this clock, with this randomness and no other.
  public SimulatedScheduler(RandomGenerator random, SimulatedClock clock) {
    this.random = random;
    this.clock = clock;
  }

  private record ScheduledStep(SimulatedProcess process, Runnable continuation) {}

  /// An action at a time, counted from the simulation's beginning.
  static final class Timer {
    private final Duration at;
    private final long number;
    private final Runnable action;
    private boolean cancelled;

    private Timer(Duration at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }

    Duration at() {
      return at;
    }

    long number() {
      return number;
    }

    void cancel() {
      cancelled = true;
    }
  }

  /// How much time has passed since the beginning.
  Duration passed() {
    return clock.passed();
  }

  /// How many steps were made.
  public long steps() {
    return steps;
  }

  void ready(SimulatedProcess process, Runnable continuation) {
    if (Thread.currentThread() != thread && !Thread.currentThread().isVirtual()) {
      throw new IllegalStateException(
          Thread.currentThread() + " wakes a thread of the simulation, which cannot be repeated");
    }
    ready.add(new ScheduledStep(process, continuation));
  }

  /// Takes the steps away that this process could make.
  List<Runnable> take(SimulatedProcess process) {
    List<Runnable> taken =
        ready.stream()
            .filter(step -> step.process() == process)
            .map(ScheduledStep::continuation)
            .toList();
    ready.removeIf(step -> step.process() == process);
    return taken;
  }

  /// Runs the action when this much time has passed.
  Timer in(Duration delay, Runnable action) {
    Timer timer = new Timer(clock.passed().plus(delay), timerNumber++, action);
    timers.add(timer);
    return timer;
  }

  /// The process whose thread runs at the moment.
  SimulatedProcess current() {
    SimulatedProcess running = current;
    if (running == null) {
      throw new IllegalStateException("no thread of the simulation runs");
    }
    return running;
  }

  /// Runs until the condition holds or this much time has passed in all.
  ///
  /// @return whether the condition holds
  public boolean runUntil(Duration end, BooleanSupplier condition) {
    while (clock.passed().compareTo(end) < 0) {
      if (condition.getAsBoolean()) {
        return true;
      }
      if (ready.isEmpty()) {
        Timer next = timers.peek();
        if (next == null) {
          return condition.getAsBoolean();
        }
        clock.advanceTo(next.at().compareTo(end) < 0 ? next.at() : end);
      } else {
        step();
      }
      fireDue();
    }
    return condition.getAsBoolean();
  }

  private void step() {
    steps++;
    int chosen = random.nextInt(ready.size());
    // The order of those that are ready does not matter: the last one takes the place.
    ScheduledStep step = ready.get(chosen);
    ScheduledStep last = ready.removeLast();
    if (chosen < ready.size()) {
      ready.set(chosen, last);
    }
    current = step.process();
    try {
      step.continuation().run();
    } finally {
      current = null;
    }
    clock.advanceTo(clock.passed().plusNanos(random.nextInt(STEP_NANOS)));
  }

  private void fireDue() {
    Timer next = timers.peek();
    while (next != null && next.at().compareTo(clock.passed()) <= 0) {
      timers.remove();
      if (!next.cancelled) {
        next.action.run();
      }
      next = timers.peek();
    }
  }
}
