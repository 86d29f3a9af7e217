package dev.handoff.jdbc.row;

import dev.handoff.Priority;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.LowerPlaces.OwedPlaces;
import dev.handoff.store.ClaimRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Chooses the waiting tasks to claim: by priority, then by lag, the distance of a task's start
/// from its queue's virtual time. Lower priorities have a share of the places of each type, and of
/// all places (see [LowerPlaces]); their first tasks come first. A task whose gates have no room is
/// not chosen. The statement in `postgres.Claims` has the same rule for tasks without gates.
public final class ClaimChoice {
  private final VirtualTimes times;
  private final GatePlaces gates;
  private final List<FittingTasks> lines = new ArrayList<>();
  private final Map<String, Integer> capacities = new HashMap<>();

  /// @param gates the room in the gates of all candidates
  public ClaimChoice(VirtualTimes times, GatePlaces gates, ClaimRequest request) {
    this.times = times;
    this.gates = gates;
    request.rooms().forEach(room -> capacities.merge(room.type(), room.atMost(), Integer::sum));
  }

  /// The virtual times of the queues.
  public interface VirtualTimes {
    /// Returns the distance of a start from the queue's virtual time; smaller ones come first.
    long lag(QueueKey queue, long start);

    /// Notes that the task with this start was chosen.
    void claimed(QueueKey queue, long start);

    /// Notes that all waiting tasks of a line were chosen.
    void drained(GatedLine line);
  }

  /// A waiting task, and its position in its queue, from 1.
  public record Candidate(TaskId id, QueueKey queue, long start, int nth) {
    Priority priority() {
      return queue.priority();
    }
  }

  /// A task within the capacity of its type, and its rank there. A task that takes an owed place
  /// has the highest priority.
  private record Ranked(Candidate candidate, Priority effectivePriority, int rank) {}

  private record FittingTasks(Deque<Ranked> fitting, boolean complete) {}

  /// Returns the tasks of lower priority that take owed places: the first of each queue, then the
  /// second of each.
  public static List<Candidate> owed(Stream<Candidate> lower, OwedPlaces owed, TaskId young) {
    return lower
        .filter(each -> each.id().compareTo(young) < 0)
        .sorted(
            Comparator.comparingInt(Candidate::nth)
                .thenComparing(Candidate::priority, order(owed))
                .thenComparing(Candidate::id))
        .limit(owed.places())
        .toList();
  }

  private static Comparator<Priority> order(OwedPlaces owed) {
    return owed.lowestFirst() ? Comparator.naturalOrder() : Comparator.reverseOrder();
  }

  /// Adds the waiting tasks of one line, in order; `waiting` may contain those of `owed`.
  public void add(List<Candidate> waiting, List<Candidate> owed, int capacity) {
    Set<TaskId> raised = new HashSet<>();
    owed.forEach(each -> raised.add(each.id()));
    Deque<Ranked> fitting = new ArrayDeque<>();
    for (Candidate each : owed) {
      fitting.add(new Ranked(each, waiting.getFirst().priority(), fitting.size()));
    }
    for (Candidate each : waiting) {
      if (fitting.size() < capacity && !raised.contains(each.id())) {
        fitting.add(new Ranked(each, each.priority(), fitting.size()));
      }
    }
    lines.add(new FittingTasks(fitting, waiting.size() < capacity));
  }

  /// Chooses up to `atMost` tasks, and notes them in the virtual times.
  ///
  /// @param owed the share of types that have only lower priorities
  public List<Candidate> choose(int atMost, OwedPlaces owed, TaskId young) {
    List<Candidate> chosen = new ArrayList<>();
    for (Ranked each : lower(owed, young)) {
      if (hasRoom(each.candidate())) {
        FittingTasks line =
            lines.stream().filter(it -> it.fitting().remove(each)).findFirst().orElseThrow();
        chosen.add(taken(each, line));
      }
    }
    while (chosen.size() < atMost) {
      Optional<FittingTasks> next =
          lines.stream()
              .filter(line ->
                  !line.fitting().isEmpty() && hasRoom(line.fitting().getFirst().candidate()))
              .min(Comparator.comparing(line -> line.fitting().getFirst(), this::compare));
      if (next.isEmpty()) {
        break;
      }
      chosen.add(taken(next.get().fitting().removeFirst(), next.get()));
    }
    // The order of starting, in which no lower one goes before a higher one.
    chosen.sort(Comparator.comparing(Candidate::priority).reversed());
    return chosen;
  }

  private List<Ranked> lower(OwedPlaces owed, TaskId young) {
    if (owed.places() == 0) {
      return List.of();
    }
    List<Ranked> all =
        lines.stream().map(FittingTasks::fitting).flatMap(Collection::stream).toList();
    Optional<Priority> highest =
        all.stream().map(Ranked::effectivePriority).max(Comparator.naturalOrder());
    return all.stream()
        .filter(each -> each.effectivePriority().compareTo(highest.orElseThrow()) < 0)
        .filter(each -> each.candidate().id().compareTo(young) < 0)
        .sorted(
            Comparator.comparingInt(Ranked::rank)
                .thenComparing(Ranked::effectivePriority, order(owed))
                .thenComparing(each -> each.candidate().id()))
        .limit(owed.places())
        .toList();
  }

  private boolean hasRoom(Candidate candidate) {
    QueueKey queue = candidate.queue();
    return capacities.getOrDefault(queue.type(), 0) > 0
        && (queue.gates().isEmpty() || gates.room(queue.line().names(), 1) > 0);
  }

  private Candidate taken(Ranked taken, FittingTasks line) {
    Candidate candidate = taken.candidate();
    QueueKey queue = candidate.queue();
    capacities.merge(queue.type(), -1, Integer::sum);
    gates.take(queue.line().names());
    times.claimed(queue, candidate.start());
    if (line.complete() && line.fitting().isEmpty()) {
      times.drained(queue.line());
    }
    return candidate;
  }

  private int compare(Ranked one, Ranked other) {
    int byEffectivePriority = other.effectivePriority().compareTo(one.effectivePriority());
    if (byEffectivePriority != 0) {
      return byEffectivePriority;
    }
    int byPriority = one.candidate().priority().compareTo(other.candidate().priority());
    if (byPriority != 0) {
      return byPriority;
    }
    int byLag = Long.compare(lag(one.candidate()), lag(other.candidate()));
    return byLag != 0 ? byLag : one.candidate().id().compareTo(other.candidate().id());
  }

  private long lag(Candidate candidate) {
    return times.lag(candidate.queue(), candidate.start());
  }
}
