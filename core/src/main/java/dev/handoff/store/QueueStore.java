package dev.handoff.store;

import dev.handoff.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Reads the lines in which tasks wait, and keeps how long attempts take. `QueueContract` in
/// handoff-testing says how every store behaves.
public interface QueueStore {
  /// Of a longer line, only so many tasks are read from its beginning.
  int LONGEST_LINE = 5_000;

  /// Of more running attempts, only so many are read.
  int MOST_RUNNING = 1_000;

  /// So many durations are kept of each type.
  int MOST_DURATIONS = 200;

  /// Returns the ready tasks that wait for the same gates and the same type, in the order in which
  /// claims start them, and the attempts that run there. Locks nothing.
  ///
  /// @param gates their names; none for tasks without gates
  LineSnapshot line(String type, List<String> gates);

  /// Returns the durations that were kept last, in any order; none if there are none.
  List<Duration> durations(String type);

  /// Keeps these durations of completed attempts of a type, in place of what was kept before.
  ///
  /// @param durations at most [#MOST_DURATIONS], of any node
  void keepDurations(String type, List<Duration> durations);

  /// A line at one moment. `runningSince` has the time from which each of its attempts runs, or a
  /// later one at which it was still seen running.
  record LineSnapshot(List<TaskId> waiting, List<Instant> runningSince) {
    public LineSnapshot {
      waiting = List.copyOf(waiting);
      runningSince = List.copyOf(runningSince);
    }
  }
}
