package dev.handoff.testing.simulation;

import dev.handoff.Priority;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// The places that a process owes to lower priorities: one of ten of each type, and one of ten of
/// all; to the lowest of them and to the highest of them in turn.
final class OwedPlaces {
  /// Instead of a type.
  static final String ALL = "";

  private static final int EVERY = 10;

  private final Map<String, Count> counts = new TreeMap<>();

  /// How many places were given since one was owed.
  private record Count(int since, boolean lowestFirst) {
    static final Count NONE = new Count(0, false);
  }

  private Count count(String type) {
    return counts.getOrDefault(type, Count.NONE);
  }

  /// How many of the next places of this type.
  int of(String type, int places) {
    return (count(type).since() + places) / EVERY;
  }

  /// Which of two priorities goes first.
  Comparator<Priority> order(String type) {
    return count(type).lowestFirst() ? Comparator.naturalOrder() : Comparator.reverseOrder();
  }

  /// Notes how many of so many places were taken.
  void given(String type, int places, int taken) {
    int used = Math.min(of(type, places), taken);
    int since = Math.clamp((long) count(type).since() + taken - (long) EVERY * used, 0, EVERY - 1);
    counts.put(type, new Count(since, count(type).lowestFirst() ^ used > 0));
  }
}
