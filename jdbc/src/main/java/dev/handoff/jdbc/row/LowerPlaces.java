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

/// Keeps low priorities from starving. Of ten places for tasks of one type, one belongs to a
/// priority below the highest that waits; of ten places in all, one belongs to types that have only
/// lower ones. Only tasks that have waited for a while take them: the lowest priority and the one
/// below the highest in turn. Unused places are not saved. Safe for use by many threads.
public final class LowerPlaces {
  private static final int EVERY = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, PlaceCount> types = new HashMap<>();
  private PlaceCount all = new PlaceCount(0, false);

  /// The number of places, and which priority comes first.
  public record OwedPlaces(int places, boolean lowestFirst) {
    /// The factor of a priority's number, so that the smaller product comes first.
    public int direction() {
      return lowestFirst ? 1 : -1;
    }
  }

  private record PlaceCount(int since, boolean lowestFirst) {
    OwedPlaces owed(int places) {
      return new OwedPlaces((since + places) / EVERY, lowestFirst);
    }

    PlaceCount after(int places, int given) {
      int used = Math.min(owed(places).places(), given);
      int left = Math.clamp((long) since + given - (long) EVERY * used, 0, EVERY - 1);
      return new PlaceCount(left, used > 0 ? !lowestFirst : lowestFirst);
    }
  }

  /// Tasks with smaller ids have waited long enough.
  public static TaskId submittedBefore(Instant now) {
    return TaskId.firstAt(now.minus(PATIENCE));
  }

  /// Returns the share of lower priorities in this many places of a type.
  public OwedPlaces owed(String type, int places) {
    lock.lock();
    try {
      return types.getOrDefault(type, new PlaceCount(0, false)).owed(places);
    } finally {
      lock.unlock();
    }
  }

  /// Returns the share of lower priorities in this many places of all types.
  public OwedPlaces owed(int places) {
    lock.lock();
    try {
      return all.owed(places);
    } finally {
      lock.unlock();
    }
  }

  public void given(ClaimRequest request, List<String> claimed) {
    lock.lock();
    try {
      for (Room room : request.rooms()) {
        int places = Math.min(room.atMost(), request.atMost());
        int given = Collections.frequency(claimed, room.type());
        types.put(
            room.type(),
            types.getOrDefault(room.type(), new PlaceCount(0, false)).after(places, given));
      }
      all = all.after(request.atMost(), claimed.size());
    } finally {
      lock.unlock();
    }
  }
}
