package dev.handoff.testing.simulation;

import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// An index: ordered values under ordered keys.
final class SortedGroups<K, V> {
  private final Comparator<? super V> order;
  private final NavigableMap<K, NavigableSet<V>> groups;

  SortedGroups(Comparator<? super K> keys, Comparator<? super V> order) {
    this.order = order;
    this.groups = new TreeMap<>(keys);
  }

  /// Whether a value is added or removed.
  enum GroupEdit {
    ADD,
    REMOVE;

    <E> void in(Set<E> set, E element) {
      if (this == ADD) {
        set.add(element);
      } else {
        set.remove(element);
      }
    }
  }

  void edit(GroupEdit edit, K key, V value) {
    NavigableSet<V> group = groups.computeIfAbsent(key, ignored -> new TreeSet<>(order));
    edit.in(group, value);
    if (group.isEmpty()) {
      groups.remove(key);
    }
  }

  NavigableSet<V> of(K key) {
    NavigableSet<V> group = groups.get(key);
    return group == null ? Collections.emptyNavigableSet() : group;
  }

  /// All groups that have values.
  NavigableMap<K, NavigableSet<V>> all() {
    return groups;
  }

  void clear() {
    groups.clear();
  }
}
