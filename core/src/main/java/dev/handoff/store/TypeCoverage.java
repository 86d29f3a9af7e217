package dev.handoff.store;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The types that live workers run, and the types of which due tasks wait. The first is empty as
/// long as a live worker has not told its types: it may run all of them.
public record TypeCoverage(Optional<Set<String>> handled, Set<String> waiting) {
  /// What a store says that does not know.
  public static final TypeCoverage UNKNOWN = new TypeCoverage(Optional.empty(), Set.of());

  public TypeCoverage {
    handled = handled.map(Set::copyOf);
    waiting = Set.copyOf(waiting);
  }

  /// Returns whether no live worker runs the type.
  public boolean lacks(String type) {
    return handled.filter(types -> !types.contains(type)).isPresent();
  }

  /// Returns the types of which due tasks wait and that no live worker runs.
  public Set<String> unhandled() {
    return waiting.stream().filter(this::lacks).collect(Collectors.toSet());
  }
}
