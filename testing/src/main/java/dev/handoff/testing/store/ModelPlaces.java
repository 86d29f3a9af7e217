package dev.handoff.testing.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// How many places lower priorities may have been given before higher ones: every tenth of a type,
/// and every tenth of all.
final class ModelPlaces {
  /// The key of all types together.
  static final String ANY = "";

  private static final int EVERY = 10;

  private final Map<String, Integer> since = new HashMap<>();

  /// How many of the next places.
  int owed(String type, int places) {
    return (since.getOrDefault(type, 0) + places) / EVERY;
  }

  void given(Map<String, Integer> rooms, int atMost, Collection<ModelTask> chosen) {
    rooms.forEach((type, room) -> {
      long given = chosen.stream().filter(task -> task.given().type().equals(type)).count();
      note(type, Math.min(room, atMost), (int) given);
    });
    note(ANY, atMost, chosen.size());
  }

  private void note(String type, int places, int given) {
    int used = Math.min(owed(type, places), given);
    int left = since.getOrDefault(type, 0) + given - EVERY * used;
    since.put(type, Math.max(0, Math.min(left, EVERY - 1)));
  }

  /// As a store that is opened again.
  void forget() {
    since.clear();
  }
}
