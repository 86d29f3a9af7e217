package dev.handoff.engine;

import dev.handoff.HandledType;
import dev.handoff.TaskId;
import dev.handoff.store.ClaimRequest.Room;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Which attempts run on this node, and how many more may, in all and of each type. Safe for use by
/// many threads.
final class Slots {
  private final int total;
  private final Map<String, HandledType<?, ?>> types;
  private final Map<TaskId, Attempt> running = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> ofType = new ConcurrentHashMap<>();

  Slots(int total, Map<String, HandledType<?, ?>> types) {
    this.total = total;
    this.types = types;
    types.keySet().forEach(name -> ofType.put(name, new AtomicInteger()));
  }

  void take(Attempt attempt) {
    running.put(attempt.task(), attempt);
    count(attempt).incrementAndGet();
  }

  void free(Attempt attempt) {
    if (running.remove(attempt.task(), attempt)) {
      count(attempt).decrementAndGet();
    }
  }

  private AtomicInteger count(Attempt attempt) {
    return ofType.computeIfAbsent(attempt.type(), _ -> new AtomicInteger());
  }

  int free() {
    return Math.max(0, total - running.size());
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
    AtomicInteger count = ofType.get(type);
    return count == null ? 0 : count.get();
  }

  Optional<Attempt> find(TaskId task) {
    return Optional.ofNullable(running.get(task));
  }

  Collection<Attempt> all() {
    return List.copyOf(running.values());
  }
}
