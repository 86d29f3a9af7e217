package dev.handoff.engine;

import dev.handoff.HandledType;
import dev.handoff.TaskId;
import dev.handoff.store.ClaimRequest.Room;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which attempts run on this node, and how many more may, in all and of each type. Safe for use by
/// many threads.
final class Slots {
  private final int total;
  private final Map<String, HandledType<?, ?>> types;
  private final Map<TaskId, Attempt> running = new ConcurrentHashMap<>();

  // The holders themselves, not how many: given back twice or by a stranger, nothing changes.
  private final Map<String, Set<Attempt>> ofType = new ConcurrentHashMap<>();
  private final Set<Attempt> abandoned = ConcurrentHashMap.newKeySet();

  Slots(int total, Map<String, HandledType<?, ?>> types) {
    this.total = total;
    this.types = types;
    types.keySet().forEach(name -> ofType.put(name, ConcurrentHashMap.newKeySet()));
  }

  /// Gives the attempt its slot. Another one of the same task has lost its lease by that: its slot
  /// is free at once, and it is stopped.
  void take(Attempt attempt) {
    Attempt before = running.put(attempt.task(), attempt);
    holders(attempt).add(attempt);
    if (before != null) {
      holders(before).remove(before);
      before.stop();
    }
  }

  /// The attempt is over. Where its handler goes on nevertheless, it is counted as abandoned.
  void free(Attempt attempt) {
    running.remove(attempt.task(), attempt);
    holders(attempt).remove(attempt);
    if (attempt.isAbandoned()) {
      abandoned.add(attempt);
      if (!attempt.isAbandoned()) {
        abandoned.remove(attempt);
      }
    }
  }

  /// The handler of the attempt returned.
  ///
  /// @return whether it was an abandoned one
  boolean returned(Attempt attempt) {
    return abandoned.remove(attempt);
  }

  private Set<Attempt> holders(Attempt attempt) {
    return ofType.computeIfAbsent(attempt.type(), _ -> ConcurrentHashMap.newKeySet());
  }

  /// How many more attempts may run. None while more handlers than there are slots go on after the
  /// end of their attempts: each keeps a thread and its memory.
  int free() {
    return abandoned.size() > total ? 0 : Math.max(0, total - running.size());
  }

  /// How many handlers go on after the end of their attempts.
  int abandoned() {
    return abandoned.size();
  }

  /// The types of which more may run now.
  List<Room> rooms() {
    int free = free();
    return types.values().stream()
        .map(handled -> handled.type())
        .map(type ->
            new Room(
                type.name(), Math.min(free, type.policy().concurrency() - runningOf(type.name()))))
        .filter(room -> room.atMost() > 0)
        .toList();
  }

  private int runningOf(String type) {
    Set<Attempt> holders = ofType.get(type);
    return holders == null ? 0 : holders.size();
  }

  Optional<Attempt> find(TaskId task) {
    return Optional.ofNullable(running.get(task));
  }

  Collection<Attempt> all() {
    return List.copyOf(running.values());
  }
}
