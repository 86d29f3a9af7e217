package dev.handoff.engine;

import dev.handoff.TaskId;
import dev.handoff.store.ClaimRequest.Room;
import java.time.Instant;
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
  private final HandledTypes types;
  private final Map<TaskId, Attempt> running = new ConcurrentHashMap<>();

  // A set instead of a count, so that releasing a slot twice changes nothing.
  private final Map<String, Set<Attempt>> ofType = new ConcurrentHashMap<>();
  private final Map<String, Instant> left = new ConcurrentHashMap<>();
  private final Set<Attempt> abandoned = ConcurrentHashMap.newKeySet();

  Slots(int total, HandledTypes types) {
    this.total = total;
    this.types = types;
  }

  /// Gives the attempt a slot. An earlier attempt of the same task has lost its lease: it is
  /// stopped, and its slot is released at once.
  void take(Attempt attempt) {
    Attempt before = running.put(attempt.task(), attempt);
    holders(attempt).add(attempt);
    if (before != null) {
      holders(before).remove(before);
      before.stop(AttemptEnd.LEASE_LOST);
    }
  }

  /// Releases the slot of an attempt that is over. If its handler is still running, the attempt is
  /// counted as abandoned.
  void release(Attempt attempt) {
    running.remove(attempt.task(), attempt);
    holders(attempt).remove(attempt);
    if (attempt.isAbandoned()) {
      abandoned.add(attempt);
      if (!attempt.isAbandoned()) {
        abandoned.remove(attempt);
      }
    }
  }

  /// Forgets an abandoned attempt whose handler has returned.
  ///
  /// @return whether it was abandoned
  boolean returned(Attempt attempt) {
    return abandoned.remove(attempt);
  }

  private Set<Attempt> holders(Attempt attempt) {
    return ofType.computeIfAbsent(attempt.type(), ignored -> ConcurrentHashMap.newKeySet());
  }

  /// Returns how many more attempts may run: 0 while more abandoned handlers run than there are
  /// slots, because each keeps a thread and its memory.
  int available() {
    return abandoned.size() > total ? 0 : Math.max(0, total - running.size());
  }

  int abandoned() {
    return abandoned.size();
  }

  /// Has no room for this type until then, so that other nodes may take its tasks.
  void leave(String type, Instant until) {
    left.put(type, until);
  }

  private boolean isLeft(String type, Instant now) {
    Instant until = left.isEmpty() ? null : left.get(type);
    return until != null && until.isAfter(now);
  }

  /// Returns the types of which more attempts may run now.
  List<Room> rooms(Instant now) {
    int available = available();
    return types.claimed().stream()
        .filter(type -> !isLeft(type.name(), now))
        .map(type ->
            new Room(
                type.name(),
                Math.min(available, type.policy().concurrency() - runningOf(type.name()))))
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
