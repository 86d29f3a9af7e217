package dev.handoff.testing.simulation;

import dev.handoff.Priority;
import dev.handoff.TaskId;
import dev.handoff.testing.simulation.ClaimMemory.Owed;
import dev.handoff.testing.simulation.TaskIndex.QueueEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Chooses the tasks of one claim: by priority, then by lag, the distance of a task's start from
/// its queue's virtual time, then by age. The first tasks of lower priorities come before them, as
/// many as are owed: of each type, and of all types.
final class ModelClaimChoice {
  private final ModelWrite write;
  private final ClaimMemory memory;
  private final List<RankedCandidate> fitting = new ArrayList<>();
  private final Map<String, Integer> capacities = new TreeMap<>();
  private final Map<String, Long> rooms = new TreeMap<>();

  ModelClaimChoice(ModelWrite write, ClaimMemory memory) {
    this.write = write;
    this.memory = memory;
  }

  /// A task that may be claimed; `nth` is its position in its queue, from 0.
  record ClaimCandidate(TaskId task, ModelQueueKey queue, long start, long lag, int nth) {
    Priority priority() {
      return queue.priority();
    }
  }

  /// A task within the capacity of its type, and its rank there. A task that takes an owed place
  /// has the highest priority.
  private record RankedCandidate(ClaimCandidate candidate, Priority effectivePriority, int rank) {
    static final Comparator<RankedCandidate> ORDER =
        Comparator.comparing(RankedCandidate::effectivePriority)
            .reversed()
            .thenComparing(each -> each.candidate().priority())
            .thenComparingLong(each -> each.candidate().lag())
            .thenComparing(RankedCandidate::task, TaskIndex.BY_ID);

    TaskId task() {
      return candidate.task();
    }
  }

  /// Adds the first tasks of a type, as many as there are places and room in their gates.
  void add(String type, int places) {
    capacities.put(type, places);
    List<ClaimCandidate> waiting = new ArrayList<>();
    for (ModelQueueKey queue : write.tables().index().queues(type)) {
      waiting.addAll(first(queue, (int) Math.min(places, room(queue))));
    }
    // Whether the gates of the first ones have room for the others is known when they are taken.
    boolean isGated = waiting.stream().anyMatch(each -> !each.queue().gates().isEmpty());
    Optional<Priority> highest =
        waiting.stream().map(ClaimCandidate::priority).max(Comparator.naturalOrder());
    List<ClaimCandidate> owed =
        highest.map(top -> owed(waiting, memory.owed(type, places), top)).orElse(List.of());
    List<RankedCandidate> first =
        waiting.stream()
            .map(each ->
                new RankedCandidate(each, owed.contains(each) ? highest.get() : each.priority(), 0))
            .sorted(RankedCandidate.ORDER)
            .limit(isGated ? waiting.size() : places)
            .toList();
    for (int place = 0; place < first.size(); place++) {
      fitting.add(
          new RankedCandidate(
              first.get(place).candidate(), first.get(place).effectivePriority(), place));
    }
  }

  private long room(ModelQueueKey queue) {
    long room = Long.MAX_VALUE;
    for (String gate : queue.gates()) {
      room = Math.min(room, roomOf(gate));
    }
    return room;
  }

  private long roomOf(String gate) {
    return rooms.computeIfAbsent(
        gate, name -> write.tables().gates().room(write.tables(), name, write.now()));
  }

  private boolean takes(ClaimCandidate candidate) {
    ModelQueueKey queue = candidate.queue();
    if (room(queue) < 1 || capacities.getOrDefault(queue.type(), 0) < 1) {
      return false;
    }
    capacities.merge(queue.type(), -1, Integer::sum);
    for (String gate : queue.gates()) {
      rooms.put(gate, roomOf(gate) - 1);
    }
    return true;
  }

  private List<ClaimCandidate> first(ModelQueueKey queue, int places) {
    List<ClaimCandidate> first = new ArrayList<>();
    long virtualTime = write.tables().virtualTime(queue);
    // This store's last claim from the queue was before the virtual time: other queues go first.
    long taken = memory.lastStart(queue) < virtualTime ? 1 : 0;
    Iterator<QueueEntry> waiting = write.tables().index().ready(queue).iterator();
    while (waiting.hasNext() && first.size() < places) {
      QueueEntry place = waiting.next();
      long lag = place.start() - virtualTime + taken;
      first.add(new ClaimCandidate(place.task(), queue, place.start(), lag, first.size()));
    }
    return first;
  }

  private List<ClaimCandidate> owed(List<ClaimCandidate> waiting, Owed owed, Priority highest) {
    return waiting.stream()
        .filter(each -> each.priority() != highest && isPatient(each))
        .sorted(
            Comparator.comparingInt(ClaimCandidate::nth)
                .thenComparing(ClaimCandidate::priority, order(owed))
                .thenComparing(ClaimCandidate::task, TaskIndex.BY_ID))
        .limit(owed.places())
        .toList();
  }

  private boolean isPatient(ClaimCandidate candidate) {
    return ClaimMemory.isPatient(candidate.task(), write.now());
  }

  private static Comparator<Priority> order(Owed owed) {
    return owed.lowestFirst() ? Comparator.naturalOrder() : Comparator.reverseOrder();
  }

  /// The tasks to claim, in the order of starting: no lower one goes before a higher one.
  List<ClaimCandidate> choose(int atMost) {
    List<RankedCandidate> owed = owed(memory.owed(atMost));
    Stream<RankedCandidate> others =
        fitting.stream().filter(each -> !owed.contains(each)).sorted(RankedCandidate.ORDER);
    return Stream.concat(owed.stream(), others)
        .map(RankedCandidate::candidate)
        .filter(this::takes)
        .limit(atMost)
        .sorted(Comparator.comparing(ClaimCandidate::priority).reversed())
        .toList();
  }

  private List<RankedCandidate> owed(Owed owed) {
    Optional<Priority> highest =
        fitting.stream().map(RankedCandidate::effectivePriority).max(Comparator.naturalOrder());
    return fitting.stream()
        .filter(each -> each.effectivePriority() != highest.get() && isPatient(each.candidate()))
        .sorted(
            Comparator.comparingInt(RankedCandidate::rank)
                .thenComparing(RankedCandidate::effectivePriority, order(owed))
                .thenComparing(RankedCandidate::task, TaskIndex.BY_ID))
        .limit(owed.places())
        .toList();
  }
}
