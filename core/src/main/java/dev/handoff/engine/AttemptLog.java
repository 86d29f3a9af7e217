package dev.handoff.engine;

import dev.handoff.Effect;
import dev.handoff.EngineEvent.ServiceFailed;
import dev.handoff.Lease;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskEvent;
import dev.handoff.TimeSource;
import dev.handoff.Times;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes the events of one attempt to the store: in order, in batches, guarded by the lease. The
/// first event after a pause is written at once, later ones together after `flushEvery`. What the
/// store refuses is kept and written again until the store takes it or says that the lease is lost.
/// Safe for use by many threads.
final class AttemptLog {
  private final EngineParts parts;
  private final TaskStore store;
  private final TimeSource clock;
  private final Lease lease;
  private final Runnable onLost;
  private final EventBuffer buffer;

  // Held while writing, so that batches and the ending reach the store in order. Only worker
  // threads flush under it: a virtual thread might get no carrier thread to release it.
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean flushAgain = new AtomicBoolean();
  private volatile boolean closed;
  private volatile boolean waitsToRetry;
  private volatile Instant lastFlush = Instant.MIN;
  private boolean retried;
  private int refusals;
  private @Nullable List<TaskEvent> last;

  AttemptLog(EngineParts parts, Lease lease, Runnable onLost) {
    this.parts = parts;
    this.store = parts.store();
    this.clock = store.clock();
    this.lease = lease;
    this.onLost = onLost;
    this.buffer = new EventBuffer(parts.scheduler(), parts.reported());
  }

  /// Adds an event. Blocks only while too many events wait for the store.
  void add(TaskEvent event) {
    switch (buffer.add(event)) {
      case FIRST -> scheduleFlush();
      case SOME -> {}
      case FULL -> {
        startFlush();
        buffer.awaitRoom();
      }
    }
  }

  private void scheduleFlush() {
    Instant earliest =
        lastFlush.equals(Instant.MIN)
            ? lastFlush
            : Times.plus(lastFlush, parts.config().flushEvery());
    if (earliest.isAfter(clock.instant())) {
      parts.deadlines().at(earliest, this::startFlush);
    } else {
      startFlush();
    }
  }

  private void startFlush() {
    parts.workers().run(this::flush);
  }

  // A thread that finds another one writing leaves its events to that one.
  private void flush() {
    boolean held = true;
    flushAgain.set(true);
    while (flushAgain.get() && writing.tryLock()) {
      try {
        flushAgain.set(false);
        held &= closed || waitsToRetry || writeWaiting();
      } finally {
        writing.unlock();
      }
    }
    if (!held) {
      onLost.run();
    }
  }

  /// @return whether the lease still held
  private boolean writeWaiting() {
    lastFlush = clock.instant();
    List<TaskEvent> events = buffer.offer();
    if (events.isEmpty()) {
      return true;
    }
    try {
      boolean held = store.append(lease, events, List.of());
      refusals = 0;
      buffer.taken();
      // Events that came during the refusal have no other thread that writes them.
      if (retried) {
        retried = false;
        flushAgain.set(true);
      }
      return held;
    } catch (Throwable refused) {
      retryAfter(afterRefusal(refused));
      return true;
    }
  }

  private Duration afterRefusal(Throwable refused) {
    if (refused instanceof StoreUnavailableException away) {
      return away.retryAfter();
    }
    parts.listener().on(new ServiceFailed("attempt", refused));
    return RefusalBackoff.pause(refusals++);
  }

  private void retryAfter(Duration wait) {
    waitsToRetry = true;
    retried = true;
    parts
        .deadlines()
        .in(
            wait,
            () -> {
              waitsToRetry = false;
              startFlush();
            });
  }

  /// Writes the waiting events together with the ending, and takes no more. After an exception it
  /// can be called again with the same ending.
  ///
  /// @return whether the lease still held
  boolean end(TaskEvent ending, List<Effect> effects) {
    closed = true;
    buffer.close();
    writing.lock();
    try {
      List<TaskEvent> events = last;
      if (events == null || !events.getLast().equals(ending)) {
        if (!writeOffered()) {
          return false;
        }
        events = new ArrayList<>(buffer.offer());
        events.add(ending);
        last = events;
      }
      boolean held = store.append(lease, events, effects);
      buffer.clear();
      return held;
    } finally {
      writing.unlock();
    }
  }

  // A batch that was offered before goes first and alone, because the store may have taken it.
  private boolean writeOffered() {
    List<TaskEvent> before = buffer.offered();
    if (last != null || before.isEmpty()) {
      return true;
    }
    boolean held = store.append(lease, before, List.of());
    buffer.taken();
    return held;
  }

  /// Takes no more events and drops the waiting ones, so that only an ending is written. Never
  /// blocks, because the store's own thread may call it.
  void abandon() {
    closed = true;
    buffer.close();
    buffer.clear();
  }
}
