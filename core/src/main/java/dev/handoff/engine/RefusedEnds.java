package dev.handoff.engine;

import dev.handoff.Task;
import dev.handoff.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The ends that the listener refused, each with the time until which it is left alone: twice as
/// long after each refusal, at most an hour. In memory, of a bounded number: what is forgotten is
/// told again sooner. Confined to one thread at a time.
final class RefusedEnds {
  private static final int MAX = 10_000;
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Duration first;
  private final Map<TaskId, Refused> refused =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskId, Refused> eldest) {
          return size() > MAX;
        }
      };

  /// @param end the number of its event: a task that was retried ends again
  private record Refused(long end, Duration pause, Instant until) {}

  RefusedEnds(Duration first) {
    this.first = first;
  }

  boolean isPaused(Task task, Instant now) {
    Refused before = refused.get(task.id());
    return before != null && isSame(before, task) && now.isBefore(before.until());
  }

  void add(Task task, Instant now) {
    Refused before = refused.remove(task.id());
    Duration pause = first;
    if (before != null && isSame(before, task)) {
      Duration longer = before.pause().multipliedBy(2);
      pause = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }
    refused.put(task.id(), new Refused(task.activity().lastEvent(), pause, now.plus(pause)));
  }

  void forget(Task task) {
    refused.remove(task.id());
  }

  private static boolean isSame(Refused before, Task task) {
    return before.end() == task.activity().lastEvent();
  }
}
