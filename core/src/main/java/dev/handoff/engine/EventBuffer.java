package dev.handoff.engine;

import dev.handoff.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// What an attempt has reported and the store does not have yet, in order. Safe for use by many
/// threads; holds at most [#FULL] events before the reporting thread has to write them itself.
final class EventBuffer {
  /// About what one group of writes takes without being noticed by the others.
  static final int FULL = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private List<TaskEvent> waiting = new ArrayList<>();

  /// How the buffer stands after an event was added.
  enum Filling {
    /// This event is the first one that waits.
    FIRST,
    /// Others wait already.
    SOME,
    /// It has to be written now.
    FULL
  }

  Filling add(TaskEvent event) {
    lock.lock();
    try {
      waiting.add(event);
      if (waiting.size() >= FULL) {
        return Filling.FULL;
      }
      return waiting.size() == 1 ? Filling.FIRST : Filling.SOME;
    } finally {
      lock.unlock();
    }
  }

  /// Everything that waits; the buffer is empty afterwards.
  List<TaskEvent> drain() {
    lock.lock();
    try {
      List<TaskEvent> drained = waiting;
      waiting = new ArrayList<>();
      return drained;
    } finally {
      lock.unlock();
    }
  }
}
