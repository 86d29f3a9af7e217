package dev.handoff.jdbc.sqlite;

import dev.handoff.Priority;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.LowerPlaces.OwedPlaces;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Chooses the waiting tasks to claim: by priority, then by lag, the distance of a task's start
/// from its queue's virtual time. Lower priorities have a share of the places of each type, and of
/// all places (see [LowerPlaces]); their first tasks come first. The statement in `postgres.Claims`
/// has the same rule.
public final class ClaimChoice {
  private final FairShare fairShare;
  private final List<FittingTasks> queues = new ArrayList<>();

  ClaimChoice(FairShare fairShare) {
    this.fairShare = fairShare;
  }

  /// A waiting task, and its position in the queue of its type and priority, from 1.
  record Candidate(TaskId id, String type, Priority priority, long start, int nth) {}

  /// A task within the capacity of its type, and its rank there. A task that takes an owed place
  /// has the highest priority.
  private record Ranked(Candidate candidate, Priority effectivePriority, int rank) {}

  private record FittingTasks(Deque<Ranked> fitting, boolean complete) {}

  /// Returns the tasks of lower priority that take owed places: the first of each queue, then the
  /// second of each.
  static List<Candidate> owed(Stream<Candidate> lower, OwedPlaces owed, TaskId young) {
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

  /// Adds the waiting tasks of one type, in order; `waiting` may contain those of `owed`.
  void add(List<Candidate> waiting, List<Candidate> owed, int capacity) {
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
    queues.add(new FittingTasks(fitting, waiting.size() < capacity));
  }

  /// Chooses up to `atMost` tasks, and updates [FairShare].
  ///
  /// @param owed the share of types that have only lower priorities
  List<Candidate> choose(int atMost, OwedPlaces owed, TaskId young) {
    List<Candidate> chosen = new ArrayList<>();
    for (Ranked each : lower(owed, young)) {
      FittingTasks queue =
          queues.stream().filter(it -> it.fitting().remove(each)).findFirst().orElseThrow();
      chosen.add(noted(each, queue));
    }
    while (chosen.size() < atMost) {
      Optional<FittingTasks> next =
          queues.stream()
              .filter(queue -> !queue.fitting().isEmpty())
              .min(Comparator.comparing(queue -> queue.fitting().getFirst(), this::compare));
      if (next.isEmpty()) {
        break;
      }
      chosen.add(noted(next.get().fitting().removeFirst(), next.get()));
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
        queues.stream().map(FittingTasks::fitting).flatMap(Collection::stream).toList();
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

  private Candidate noted(Ranked taken, FittingTasks queue) {
    Candidate candidate = taken.candidate();
    fairShare.claimed(candidate.type(), candidate.priority(), candidate.start());
    if (queue.complete() && queue.fitting().isEmpty()) {
      fairShare.drained(candidate.type());
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
    return fairShare.lag(candidate.type(), candidate.priority(), candidate.start());
  }
}
