package dev.handoff.engine;

import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.ProgressReported;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The events that an attempt has reported and the store has not taken, in order: a batch that is
/// being written, and the events behind it. A thread that reports more than [#FULL] events or
/// [#FULL_BYTES] blocks until they are written; while all attempts of the node together hold more
/// than [#NODE_BYTES], each blocks for its own. Safe for use by many threads.
final class EventBuffer {
  /// About as many as one group of writes takes without delaying others.
  static final int FULL = 256;

  /// Sixteen chunks of the largest size; an attempt that puts out more is faster than the store.
  static final int FULL_BYTES = 1 << 20;

  /// A small heap can spare this much.
  static final long NODE_BYTES = 32L << 20;

  private static final int EVENT_BYTES = 200;
  private static final Duration LONGEST_PARK = Duration.ofSeconds(5);

  private final Scheduler scheduler;
  private final AtomicLong ofNode;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<TaskEvent> offered = List.of();
  private List<TaskEvent> waiting = new ArrayList<>();
  private long bytes;
  private boolean closed;

  EventBuffer(Scheduler scheduler, AtomicLong ofNode) {
    this.scheduler = scheduler;
    this.ofNode = ofNode;
  }

  /// How full the buffer is after an event was added.
  enum Filling {
    /// This event is the first one that waits.
    FIRST,
    /// Other events wait before this one.
    SOME,
    /// It has to be written now.
    FULL
  }

  /// Adds an event, unless the buffer is closed.
  Filling add(TaskEvent event) {
    lock.lock();
    try {
      if (closed) {
        return Filling.SOME;
      }
      waiting.add(event);
      count(bytes(event));
      if (isFull()) {
        return Filling.FULL;
      }
      return waiting.size() == 1 ? Filling.FIRST : Filling.SOME;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return offered.size() + waiting.size() >= FULL
        || bytes >= FULL_BYTES
        || (bytes > 0 && ofNode.get() >= NODE_BYTES);
  }

  private void count(long more) {
    bytes += more;
    ofNode.addAndGet(more);
  }

  /// Blocks while it is full and not closed. An interrupt does not end the wait; the thread's flag
  /// is set again afterwards.
  void awaitRoom() {
    boolean interrupted = false;
    lock.lock();
    try {
      while (isFull() && !closed) {
        try {
          scheduler.await(lock, changed, LONGEST_PARK);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns the batch to write. It is the same one until it is written, because the store
  /// recognizes a write whose answer was lost by its contents.
  List<TaskEvent> offer() {
    lock.lock();
    try {
      if (offered.isEmpty()) {
        offered = waiting;
        waiting = new ArrayList<>();
      }
      return offered;
    } finally {
      lock.unlock();
    }
  }

  /// Returns the batch that was offered and not written; empty if there is none.
  List<TaskEvent> offered() {
    lock.lock();
    try {
      return offered;
    } finally {
      lock.unlock();
    }
  }

  /// Drops the offered batch, which is written or not wanted any more.
  void taken() {
    lock.lock();
    try {
      offered = List.of();
      recount();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void recount() {
    count(waiting.stream().mapToLong(EventBuffer::bytes).sum() - bytes);
  }

  /// Takes no more events and releases the threads that wait for room. The events that it has stay
  /// to be written.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      waiting = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    taken();
  }

  // At most what its texts take in memory.
  private static long bytes(TaskEvent event) {
    return EVENT_BYTES
        + 2L
            * switch (event) {
              case ChunkEmitted(String text) -> text.length();
              case LineLogged(var ignored, String text) -> text.length();
              case ProgressReported(var progress) -> progress.words().map(String::length).orElse(0);
              default -> 0;
            };
  }
}
