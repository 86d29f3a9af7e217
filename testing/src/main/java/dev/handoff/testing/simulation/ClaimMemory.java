package dev.handoff.testing.simulation;

import dev.handoff.TaskId;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What one store remembers of its claims. Lower priorities are owed a share of its places, so that
/// none waits for ever: every tenth place of a type, and every tenth of all, for tasks that were
/// submitted a while ago. Used only within [ModelDatabase#alone].
final class ClaimMemory {
  private static final int EVERY = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Count> types = new TreeMap<>();
  private final Map<ModelQueueKey, Long> starts = new TreeMap<>(ModelQueueKey.ORDER);
  private Count all = Count.NONE;

  /// The number of owed places, and which priority comes first among equals.
  record Owed(int places, boolean lowestFirst) {}

  /// The number of places given since one was owed.
  private record Count(int since, boolean lowestFirst) {
    static final Count NONE = new Count(0, false);

    Owed owed(int places) {
      return new Owed((since + places) / EVERY, lowestFirst);
    }

    Count after(int places, int given) {
      int used = Math.min(owed(places).places(), given);
      int left = Math.clamp((long) since + given - (long) EVERY * used, 0, EVERY - 1);
      return new Count(left, (used > 0) != lowestFirst);
    }
  }

  /// Returns whether a task with this id may take an owed place.
  static boolean isPatient(TaskId task, Instant now) {
    return TaskIndex.BY_ID.compare(task, TaskId.firstAt(now.minus(PATIENCE))) < 0;
  }

  /// Returns what is owed of this many places of a type.
  Owed owed(String type, int places) {
    return types.getOrDefault(type, Count.NONE).owed(places);
  }

  /// Returns what is owed of this many places of all types.
  Owed owed(int places) {
    return all.owed(places);
  }

  /// Returns the start of this store's last claim from the queue.
  long lastStart(ModelQueueKey queue) {
    return starts.getOrDefault(queue, 0L);
  }

  void took(ModelQueueKey queue, long start) {
    starts.put(queue, start);
  }

  /// Notes how many tasks of each type were claimed.
  void gave(ClaimRequest request, Map<String, Integer> claimed) {
    int sum = 0;
    for (Room room : request.rooms()) {
      int places = Math.min(room.atMost(), request.atMost());
      int given = claimed.getOrDefault(room.type(), 0);
      Count before = types.getOrDefault(room.type(), Count.NONE);
      types.put(room.type(), before.after(places, given));
      sum += given;
    }
    all = all.after(request.atMost(), sum);
  }
}
