package dev.handoff.engine;

import dev.handoff.Lease;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskEvent;
import dev.handoff.TimeSource;
import dev.handoff.store.Effect;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The way of one attempt's events into the store: in order, in batches, guarded by the lease. The
/// first event after a pause is written at once, further ones after `flushEvery` together. Safe for
/// use by many threads.
final class AttemptLog {
  private final TaskStore store;
  private final Alarms alarms;
  private final Scheduler scheduler;
  private final TimeSource clock;
  private final Lease lease;
  private final Duration flushEvery;
  private final Runnable onLost;
  private final EventBuffer buffer = new EventBuffer();

  // Held while writing, so that batches and the ending reach the store in the order of their
  // making.
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean closed;
  private volatile Instant lastFlush = Instant.MIN;

  AttemptLog(EngineParts parts, Lease lease, Runnable onLost) {
    this.store = parts.store();
    this.alarms = parts.alarms();
    this.scheduler = parts.scheduler();
    this.clock = store.clock();
    this.lease = lease;
    this.flushEvery = parts.config().flushEvery();
    this.onLost = onLost;
  }

  /// Takes an event. Waits for the store only when too many are waiting.
  void add(TaskEvent event) {
    switch (buffer.add(event)) {
      case FIRST -> scheduleFlush();
      case SOME -> {}
      case FULL -> flush();
    }
  }

  private void scheduleFlush() {
    Instant earliest = lastFlush.equals(Instant.MIN) ? lastFlush : lastFlush.plus(flushEvery);
    if (earliest.isAfter(clock.instant())) {
      alarms.at(earliest, this::startFlush);
    } else {
      startFlush();
    }
  }

  private void startFlush() {
    scheduler.startVirtual("handoff-flush", this::flush);
  }

  private void flush() {
    boolean held = true;
    writing.lock();
    try {
      lastFlush = clock.instant();
      List<TaskEvent> events = buffer.drain();
      if (!closed && !events.isEmpty()) {
        held = writeUntilTaken(events, List.of());
      }
    } finally {
      writing.unlock();
    }
    if (!held) {
      onLost.run();
    }
  }

  /// Writes what still waits together with the ending, and takes nothing more.
  ///
  /// @return whether the lease still held
  boolean end(TaskEvent ending, List<Effect> effects) {
    writing.lock();
    try {
      closed = true;
      List<TaskEvent> events = new ArrayList<>(buffer.drain());
      events.add(ending);
      return writeUntilTaken(events, effects);
    } finally {
      writing.unlock();
    }
  }

  /// Takes nothing more, and forgets what still waits. Never blocks: the store's own thread may
  /// call it.
  void abandon() {
    closed = true;
  }

  // While the store is away the events are kept and offered again. It ends: either the store takes
  // them, or it says that the lease is lost, or
  // the engine closes.
  private boolean writeUntilTaken(List<TaskEvent> events, List<Effect> effects) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return store.append(lease, events, effects);
        } catch (StoreUnavailableException away) {
          if (alarms.isClosed()) {
            return false;
          }
          interrupted |= pause(away.retryAfter());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean pause(Duration wait) {
    try {
      alarms.pause(wait);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
