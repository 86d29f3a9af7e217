package dev.handoff.engine;

import dev.handoff.EngineEvent.ServiceFailed;
import dev.handoff.EngineListener;
import dev.handoff.TimeSource;
import dev.handoff.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// All deadlines of an engine, on one thread: limits, flushes, heartbeats, delayed tasks. An action
/// runs on that thread, so it is quick and starts a thread for what blocks. An exception of an
/// action is reported and affects no other. Setting and cancelling cost the logarithm of the number
/// of deadlines. Safe for use by many threads.
final class Deadlines implements AutoCloseable {
  /// A deadline, by which it can be cancelled.
  record Deadline(Instant time, long number) implements Comparable<Deadline> {
    private static final Comparator<Deadline> ORDER =
        Comparator.comparing(Deadline::time).thenComparingLong(Deadline::number);

    @Override
    public int compareTo(Deadline other) {
      return ORDER.compare(this, other);
    }
  }

  private static final Duration IDLE = Duration.ofHours(1);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);
  private static final Duration GOES_ROUND_WITHIN = Duration.ofSeconds(30);
  private static final String NAME = "deadlines";

  private final TimeSource clock;
  private final Scheduler scheduler;
  private final EngineListener listener;
  private final Heartbeats.Beat beat;
  private final Waiter waiter;
  private final ConcurrentNavigableMap<Deadline, Runnable> waiting = new ConcurrentSkipListMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final Set<Signal> pauses = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private final Thread thread;
  private volatile Instant wakesAt = Instant.MAX;

  Deadlines(TimeSource clock, Scheduler scheduler, EngineListener listener, Heartbeats heartbeats) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.listener = listener;
    this.beat = heartbeats.of(NAME, GOES_ROUND_WITHIN);
    this.waiter = new Waiter(clock, scheduler, beat::now);
    this.thread = scheduler.startPlatform("handoff-" + NAME, this::loop);
  }

  /// Runs the action once at this time, or at once when it has passed.
  Deadline at(Instant time, Runnable action) {
    Deadline deadline = new Deadline(time, numbers.incrementAndGet());
    waiting.put(deadline, action);
    // The thread looks through the map after it has published when it will wake, so one of the two
    // sees the other.
    if (time.isBefore(wakesAt)) {
      waiter.wake();
    }
    return deadline;
  }

  /// Runs the action once, this much later.
  Deadline in(Duration delay, Runnable action) {
    return at(Times.plus(clock.instant(), delay), action);
  }

  void cancel(Deadline deadline) {
    waiting.remove(deadline);
  }

  /// Blocks the calling thread for this long, or until the engine closes.
  void pause(Duration duration) throws InterruptedException {
    await(new Signal(scheduler), Times.plus(clock.instant(), duration));
  }

  /// Blocks the calling thread until the signal is given. Gives it itself when the time has come or
  /// the engine closes.
  void await(Signal over, Instant until) throws InterruptedException {
    pauses.add(over);
    Deadline deadline = at(until, over::give);
    try {
      if (!closed) {
        over.await();
      }
    } finally {
      pauses.remove(over);
      cancel(deadline);
    }
  }

  boolean isClosed() {
    return closed;
  }

  private void loop() {
    while (!closed) {
      try {
        wakesAt = Instant.MIN;
        runDue();
        Map.Entry<Deadline, Runnable> next = waiting.firstEntry();
        Instant time = next == null ? clock.instant().plus(IDLE) : next.getKey().time();
        wakesAt = time;
        Map.Entry<Deadline, Runnable> first = waiting.firstEntry();
        if (first == null || !first.getKey().time().isBefore(time)) {
          waiter.awaitUntil(time);
        }
      } catch (InterruptedException ignored) {
        // The engine closes, or an action left an interrupt on this thread, which is ignored.
      } catch (Throwable thrown) {
        listener.on(new ServiceFailed(NAME, thrown));
        pauseAfterFailure();
      }
    }
  }

  // The clock itself may be what fails.
  private void pauseAfterFailure() {
    try {
      waiter.pause(AFTER_FAILURE);
    } catch (InterruptedException ignored) {
      // The loop looks whether it is to end.
    }
  }

  private void runDue() {
    Instant now = clock.instant();
    Map.Entry<Deadline, Runnable> first = waiting.firstEntry();
    while (first != null && !first.getKey().time().isAfter(now)) {
      Runnable action = waiting.remove(first.getKey());
      if (action != null) {
        run(action);
      }
      first = waiting.firstEntry();
    }
  }

  private void run(Runnable action) {
    beat.now();
    try {
      action.run();
    } catch (Throwable thrown) {
      listener.on(new ServiceFailed(NAME, thrown));
    }
  }

  @Override
  public void close() {
    closed = true;
    waiting.clear();
    pauses.forEach(Signal::give);
    thread.interrupt();
  }
}
