package dev.handoff.jdbc.row;

import dev.handoff.TaskId;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Sees to it that a low priority is slow and not forgotten: of ten places that a node gives to
/// tasks of one type, one is owed to a lower priority of it than the highest that waits; and of ten
/// places that it gives at all, one to the types that have only lower ones. Owed to tasks that were
/// submitted a while ago, to the lowest priority and to the one below the highest in turn. Where
/// there are none, nothing is saved up for them. Safe for use by many threads.
public final class LowerPlaces {
  private static final int EVERY = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Count> types = new HashMap<>();
  private Count all = new Count(0, false);

  /// How many places are owed, and which priority goes first among equals.
  public record Owed(int places, boolean lowestFirst) {
    /// By what the number of a priority is multiplied, so that the smaller one goes first.
    public int direction() {
      return lowestFirst ? 1 : -1;
    }
  }

  /// How many places were given since one was owed.
  private record Count(int since, boolean lowestFirst) {
    Owed owed(int places) {
      return new Owed((since + places) / EVERY, lowestFirst);
    }

    Count after(int places, int given) {
      int used = Math.min(owed(places).places(), given);
      int left = Math.clamp((long) since + given - (long) EVERY * used, 0, EVERY - 1);
      return new Count(left, used > 0 ? !lowestFirst : lowestFirst);
    }
  }

  /// Tasks with smaller ids may take places that are owed.
  public static TaskId submittedBefore(Instant now) {
    return TaskId.firstAt(now.minus(PATIENCE));
  }

  /// Of so many places of this type.
  public Owed owed(String type, int places) {
    lock.lock();
    try {
      return types.getOrDefault(type, new Count(0, false)).owed(places);
    } finally {
      lock.unlock();
    }
  }

  /// Of so many places, whatever their type.
  public Owed owed(int places) {
    lock.lock();
    try {
      return all.owed(places);
    } finally {
      lock.unlock();
    }
  }

  /// Notes the types of the tasks that were claimed.
  public void given(ClaimRequest request, List<String> claimed) {
    lock.lock();
    try {
      for (Room room : request.rooms()) {
        int places = Math.min(room.atMost(), request.atMost());
        int given = Collections.frequency(claimed, room.type());
        types.put(
            room.type(), types.getOrDefault(room.type(), new Count(0, false)).after(places, given));
      }
      all = all.after(request.atMost(), claimed.size());
    } finally {
      lock.unlock();
    }
  }
}
