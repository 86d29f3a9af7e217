package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one shape of a background service: something is done once at the start and then again and
/// again, never twice at a time, on a virtual thread. A failure is reported and the next round goes
/// on as usual.
final class ServiceLoop implements AutoCloseable {
  /// One round of a service.
  @FunctionalInterface
  interface Round {
    void run() throws Exception;
  }

  private final String name;
  private final Duration every;
  private final Round round;
  private final Alarms alarms;
  private final EngineListener listener;
  private final Scheduler scheduler;
  private final AtomicBoolean open = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private final AtomicReference<Alarms.@Nullable Alarm> next = new AtomicReference<>();
  private final ReentrantLock turn = new ReentrantLock();

  ServiceLoop(String name, Duration every, Round round, EngineParts parts) {
    this.name = name;
    this.every = every;
    this.round = round;
    this.alarms = parts.alarms();
    this.listener = parts.listener();
    this.scheduler = parts.scheduler();
  }

  /// Begins with the first round; a second call does nothing.
  void start() {
    if (open.compareAndSet(false, true)) {
      startRound();
    }
  }

  /// Runs the next round now; while one runs, right after it.
  void wake() {
    if (again.getAndSet(true)) {
      return;
    }
    startRound();
  }

  private void startRound() {
    if (open.get()) {
      scheduler.startVirtual("handoff-" + name, this::runRound);
    }
  }

  // One at a time: a round that was woken while another runs is the other's to run.
  private void runRound() {
    if (!turn.tryLock()) {
      return;
    }
    try {
      again.set(false);
      round.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
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
      Alarms.Alarm before = next.getAndSet(alarms.in(every, this::startRound));
      if (before != null) {
        alarms.cancel(before);
      }
    }
  }

  @Override
  public void close() {
    open.set(false);
  }
}
