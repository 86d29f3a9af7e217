package dev.handoff.spring;

import dev.handoff.store.StateCount;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// How many tasks the store has, asked at most every ten seconds however many gauges want to know.
/// Safe for use by many threads.
final class TaskCounts {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final TaskStore store;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile CachedCounts last =
      new CachedCounts(List.of(), System.nanoTime() - FRESH.toNanos(), false);

  private record CachedCounts(List<StateCount> counts, long at, boolean known) {
    boolean isFresh() {
      return System.nanoTime() - at < FRESH.toNanos();
    }
  }

  TaskCounts(TaskStore store) {
    this.store = store;
  }

  /// The tasks of a type in a state; not a number while the store does not answer.
  double of(String type, String state) {
    CachedCounts answer = answer();
    return answer.known()
        ? answer.counts().stream()
            .filter(count -> count.type().equals(type) && count.state().equals(state))
            .mapToLong(StateCount::count)
            .sum()
        : Double.NaN;
  }

  private CachedCounts answer() {
    if (last.isFresh() || !asking.tryLock()) {
      return last;
    }
    try {
      if (!last.isFresh()) {
        last = ask();
      }
      return last;
    } finally {
      asking.unlock();
    }
  }

  private CachedCounts ask() {
    try {
      return new CachedCounts(store.counts(), System.nanoTime(), true);
    } catch (RuntimeException away) {
      // The engine's own log says so; a gauge that fails would be said at every look.
      return new CachedCounts(List.of(), System.nanoTime(), false);
    }
  }
}
