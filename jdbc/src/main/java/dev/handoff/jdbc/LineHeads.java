package dev.handoff.jdbc;

import dev.handoff.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// How far this node has taken each line of a backlog. A claim that begins there does not walk past
/// what was taken since the database cleaned up, which is all of a long backlog. What another node
/// puts in front of it, or an attempt gives back, is found when the line is taken from its
/// beginning again: for the first thousand tasks of each second, and whenever a claim found less
/// than it asked for. Safe for use by many threads.
final class LineHeads {
  private static final Duration FROM_THE_BEGINNING_EVERY = Duration.ofSeconds(1);
  private static final int BACKLOG = 1_000;

  private record Line(String type, Priority priority) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Line, Long> heads = new HashMap<>();
  private Instant forgetAt = Instant.MIN;
  private int taken;

  /// The smallest start that may wait in this line.
  long of(String type, Priority priority, Instant now) {
    lock.lock();
    try {
      if (!now.isBefore(forgetAt)) {
        heads.clear();
        taken = 0;
        forgetAt = now.plus(FROM_THE_BEGINNING_EVERY);
      }
      return taken < BACKLOG
          ? Long.MIN_VALUE
          : heads.getOrDefault(new Line(type, priority), Long.MIN_VALUE);
    } finally {
      lock.unlock();
    }
  }

  /// Notes that a task with this start was taken.
  void taken(String type, Priority priority, long start) {
    lock.lock();
    try {
      taken++;
      heads.merge(new Line(type, priority), start, Math::max);
    } finally {
      lock.unlock();
    }
  }

  /// Notes that a claim found less of this type than it asked for.
  void forget(String type) {
    lock.lock();
    try {
      heads.keySet().removeIf(line -> line.type().equals(type));
    } finally {
      lock.unlock();
    }
  }
}
