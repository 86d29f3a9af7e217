package dev.handoff.jdbc.postgres;

import dev.handoff.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// How far each line of a backlog is taken, as this node knows. A claim that begins there does not
/// walk past what was taken since the database cleaned up, which is all of a long backlog. What
/// another node puts in front of it, or an attempt gives back, is found when the line is taken from
/// its beginning again: for the first tasks of each second, and whenever a claim found less than it
/// asked for. Safe for use by many threads.
public final class ClaimCursors {
  private static final Duration FROM_THE_BEGINNING_EVERY = Duration.ofSeconds(1);

  private record Line(String type, Priority priority) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Line, Long> starts = new HashMap<>();
  private final int backlog;
  private Instant forgetAt = Instant.MIN;
  private int taken;

  /// Begins each second's lines at their beginning until so many tasks were taken.
  ClaimCursors(int backlog) {
    this.backlog = backlog;
  }

  /// The smallest start that may wait in this line.
  long of(String type, Priority priority, Instant now) {
    lock.lock();
    try {
      if (!now.isBefore(forgetAt)) {
        starts.clear();
        taken = 0;
        forgetAt = now.plus(FROM_THE_BEGINNING_EVERY);
      }
      return taken < backlog
          ? Long.MIN_VALUE
          : starts.getOrDefault(new Line(type, priority), Long.MIN_VALUE);
    } finally {
      lock.unlock();
    }
  }

  /// Whether any line begins elsewhere than at its beginning.
  boolean isUsed() {
    lock.lock();
    try {
      return taken >= backlog && !starts.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Notes that a task with this start was taken.
  void taken(String type, Priority priority, long start) {
    lock.lock();
    try {
      taken++;
      starts.merge(new Line(type, priority), start, Math::max);
    } finally {
      lock.unlock();
    }
  }

  /// Notes that a claim found less of this type than it asked for.
  void forget(String type) {
    lock.lock();
    try {
      starts.keySet().removeIf(line -> line.type().equals(type));
    } finally {
      lock.unlock();
    }
  }
}
