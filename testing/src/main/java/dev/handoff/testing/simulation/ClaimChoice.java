package dev.handoff.testing.simulation;

import dev.handoff.Priority;
import dev.handoff.TaskId;
import dev.handoff.testing.simulation.ClaimMemory.Owed;
import dev.handoff.testing.simulation.TaskIndex.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which of the tasks that wait one claim takes: by priority, then by how far each is ahead of its
/// line's present, then by age. Before them go the first ones of lower priorities, as many as they
/// are owed: of each type, and of all.
final class ClaimChoice {
  private final ModelWrite write;
  private final ClaimMemory memory;
  private final List<Ranked> fitting = new ArrayList<>();

  ClaimChoice(ModelWrite write, ClaimMemory memory) {
    this.write = write;
    this.memory = memory;
  }

  /// A task that may be claimed; `nth` is its place in its line.
  record Candidate(TaskId task, Line line, long start, long ahead, int nth) {
    Priority priority() {
      return line.priority();
    }
  }

  /// A task for which its type has room, and its place among those. One that is owed a place of its
  /// type has the rank of the highest.
  private record Ranked(Candidate candidate, Priority rank, int place) {
    static final Comparator<Ranked> ORDER =
        Comparator.comparing(Ranked::rank)
            .reversed()
            .thenComparing(each -> each.candidate().priority())
            .thenComparingLong(each -> each.candidate().ahead())
            .thenComparing(Ranked::task, TaskIndex.BY_ID);

    TaskId task() {
      return candidate.task();
    }
  }

  /// Adds the first tasks of a type, as many as there are places.
  void add(String type, int places) {
    List<Candidate> waiting = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      waiting.addAll(first(new Line(type, priority), places));
    }
    Optional<Priority> highest =
        waiting.stream().map(Candidate::priority).max(Comparator.naturalOrder());
    List<Candidate> owed =
        highest.map(top -> owed(waiting, memory.owed(type, places), top)).orElse(List.of());
    List<Ranked> first =
        waiting.stream()
            .map(each -> new Ranked(each, owed.contains(each) ? highest.get() : each.priority(), 0))
            .sorted(Ranked.ORDER)
            .limit(places)
            .toList();
    for (int place = 0; place < first.size(); place++) {
      fitting.add(new Ranked(first.get(place).candidate(), first.get(place).rank(), place));
    }
  }

  private List<Candidate> first(Line line, int places) {
    List<Candidate> first = new ArrayList<>();
    long present = write.tables().present(line);
    // Where this store took something before the present, the other lines' turn is now.
    long taken = memory.lastStart(line) < present ? 1 : 0;
    Iterator<Place> waiting = write.tables().index().ready(line).iterator();
    while (waiting.hasNext() && first.size() < places) {
      Place place = waiting.next();
      long ahead = place.start() - present + taken;
      first.add(new Candidate(place.task(), line, place.start(), ahead, first.size()));
    }
    return first;
  }

  private List<Candidate> owed(List<Candidate> waiting, Owed owed, Priority highest) {
    return waiting.stream()
        .filter(each -> each.priority() != highest && isPatient(each))
        .sorted(
            Comparator.comparingInt(Candidate::nth)
                .thenComparing(Candidate::priority, order(owed))
                .thenComparing(Candidate::task, TaskIndex.BY_ID))
        .limit(owed.places())
        .toList();
  }

  private boolean isPatient(Candidate candidate) {
    return ClaimMemory.isPatient(candidate.task(), write.now());
  }

  private static Comparator<Priority> order(Owed owed) {
    return owed.lowestFirst() ? Comparator.naturalOrder() : Comparator.reverseOrder();
  }

  /// The tasks to claim, in the order of starting: no lower one goes before a higher one.
  List<Candidate> choose(int atMost) {
    List<Ranked> owed = owed(memory.owed(atMost));
    Stream<Ranked> others =
        fitting.stream().filter(each -> !owed.contains(each)).sorted(Ranked.ORDER);
    return Stream.concat(owed.stream(), others)
        .limit(atMost)
        .map(Ranked::candidate)
        .sorted(Comparator.comparing(Candidate::priority).reversed())
        .toList();
  }

  private List<Ranked> owed(Owed owed) {
    Optional<Priority> highest = fitting.stream().map(Ranked::rank).max(Comparator.naturalOrder());
    return fitting.stream()
        .filter(each -> each.rank() != highest.get() && isPatient(each.candidate()))
        .sorted(
            Comparator.comparingInt(Ranked::place)
                .thenComparing(Ranked::rank, order(owed))
                .thenComparing(Ranked::task, TaskIndex.BY_ID))
        .limit(owed.places())
        .toList();
  }
}
