package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Runs a background service: once at the start and then at intervals, never twice at a time. An
/// exception or error is reported, and the next round runs as usual.
final class ServiceLoop implements AutoCloseable {
  /// One round of a service.
  @FunctionalInterface
  interface LoopBody {
    void run() throws Exception;
  }

  private final String name;
  private final Duration every;
  private final Duration longest;
  private final LoopBody body;
  private final BiFunction<String, Runnable, Thread> threads;
  private final Deadlines deadlines;
  private final EngineListener listener;
  private final Heartbeats heartbeats;
  private final AtomicBoolean open = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private final AtomicReference<Deadlines.@Nullable Deadline> next = new AtomicReference<>();
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Heartbeats.@Nullable Beat beat;

  /// Creates a loop on platform threads, which run even while handlers compute. A round takes half
  /// a minute at most.
  ServiceLoop(String name, Duration every, LoopBody body, EngineParts parts) {
    this(name, every, body, parts, parts.scheduler()::startPlatform, Duration.ofSeconds(30));
  }

  private ServiceLoop(
      String name,
      Duration every,
      LoopBody body,
      EngineParts parts,
      BiFunction<String, Runnable, Thread> threads,
      Duration longest) {
    this.name = name;
    this.every = every;
    this.longest = longest;
    this.body = body;
    this.threads = threads;
    this.deadlines = parts.deadlines();
    this.listener = parts.listener();
    this.heartbeats = parts.heartbeats();
  }

  /// Creates a loop on virtual threads, for rounds that may wait and loops that are woken often. A
  /// round takes ten minutes at most.
  static ServiceLoop virtual(String name, Duration every, LoopBody body, EngineParts parts) {
    return new ServiceLoop(
        name, every, body, parts, parts.scheduler()::startVirtual, Duration.ofMinutes(10));
  }

  /// Starts the first round. A second call does nothing.
  void start() {
    if (open.compareAndSet(false, true)) {
      beat = heartbeats.of(name, every.plus(longest));
      startRound();
    }
  }

  /// Runs the next round now; if one is running, right after it.
  void wake() {
    if (again.getAndSet(true)) {
      return;
    }
    startRound();
  }

  private void startRound() {
    if (!open.get()) {
      return;
    }
    try {
      var ignored = threads.apply("handoff-" + name, this::runRound);
    } catch (Throwable noThread) {
      again.set(false);
      listener.on(new EngineEvent.ServiceFailed(name, noThread));
      scheduleNext();
    }
  }

  private void isAlive() {
    Heartbeats.Beat alive = beat;
    if (alive != null) {
      alive.now();
    }
  }

  // A wake during a round makes its thread run the next one.
  private void runRound() {
    if (!turn.tryLock()) {
      return;
    }
    try {
      again.set(false);
      isAlive();
      body.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      if (open.get()) {
        listener.on(new EngineEvent.ServiceFailed(name, e));
      }
    } finally {
      turn.unlock();
      scheduleNext();
    }
  }

  private void scheduleNext() {
    if (again.get()) {
      startRound();
    } else if (open.get()) {
      Deadlines.Deadline before = next.getAndSet(deadlines.in(every, this::startRound));
      if (before != null) {
        deadlines.cancel(before);
      }
    }
  }

  @Override
  public void close() {
    open.set(false);
  }
}
