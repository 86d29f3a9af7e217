package dev.handoff.spring;

import dev.handoff.store.StateCount;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The numbers of tasks in the store, queried at most every ten seconds for all gauges. Safe for
/// use by many threads.
final class TaskCounts {
  private static final Duration REFRESH_EVERY = Duration.ofSeconds(10);

  private final TaskStore store;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile CachedCounts last =
      new CachedCounts(List.of(), Set.of(), System.nanoTime() - REFRESH_EVERY.toNanos(), false);

  private record CachedCounts(
      List<StateCount> counts, Set<String> unhandled, long at, boolean known) {
    boolean isFresh() {
      return System.nanoTime() - at < REFRESH_EVERY.toNanos();
    }
  }

  TaskCounts(TaskStore store) {
    this.store = store;
  }

  /// Returns the number of tasks of a type in a state; NaN while the store does not answer.
  double of(String type, String state) {
    CachedCounts answer = answer();
    return answer.known()
        ? answer.counts().stream()
            .filter(count -> count.type().equals(type) && count.state().equals(state))
            .mapToLong(StateCount::count)
            .sum()
        : Double.NaN;
  }

  /// Returns how many due or delayed tasks wait whose type no live node runs; NaN while the store
  /// does not answer.
  double unhandled() {
    CachedCounts answer = answer();
    return answer.known()
        ? answer.counts().stream()
            .filter(count ->
                count.state().equals("queued") && answer.unhandled().contains(count.type()))
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
      return new CachedCounts(
          store.counts(), store.typeCoverage().unhandled(), System.nanoTime(), true);
    } catch (RuntimeException away) {
      // The engine logs the outage. A gauge that threw would be logged at every read.
      return new CachedCounts(List.of(), Set.of(), System.nanoTime(), false);
    }
  }
}
