package dev.handoff.testing.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Undoes what one operation has written.
final class UndoLog {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  void add(Runnable undo) {
    steps.push(undo);
  }

  <K, V> void put(Map<K, V> map, K key, V value) {
    undo(map, key, map.put(key, value));
  }

  <K, V> void remove(Map<K, V> map, K key) {
    undo(map, key, map.remove(key));
  }

  private <K, V> void undo(Map<K, V> map, K key, @Nullable V before) {
    add(() -> {
      if (before == null) {
        map.remove(key);
      } else {
        map.put(key, before);
      }
    });
  }

  <E> void append(List<E> list, List<E> more) {
    int before = list.size();
    list.addAll(more);
    add(() -> list.subList(before, list.size()).clear());
  }

  void rollBack() {
    while (!steps.isEmpty()) {
      steps.pop().run();
    }
  }

  void forget() {
    steps.clear();
  }
}
