package dev.handoff.testing.simulation;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Priority;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.NewTask;
import dev.handoff.testing.simulation.TaskIndex.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Gives waiting tasks to nodes.
final class ModelClaims {
  private ModelClaims() {}

  /// Only tasks that were submitted this long ago take places that are owed to them.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// A task that may be claimed: how far it is from its line's present, and how many go before it
  /// in its line. One that is owed a place has the rank of the highest of its type.
  private record Candidate(TaskId task, Line line, long ahead, int nth, Priority rank) {
    static final Comparator<Candidate> ORDER =
        Comparator.comparing(Candidate::rank)
            .reversed()
            .thenComparing(each -> each.line().priority())
            .thenComparingLong(Candidate::ahead)
            .thenComparing(Candidate::task, TaskIndex.BY_ID);

    Candidate raisedTo(Priority top) {
      return new Candidate(task, line, ahead, nth, top);
    }

    Candidate at(int place) {
      return new Candidate(task, line, ahead, place, rank);
    }
  }

  static List<Claim> claim(ModelWrite write, ClaimRequest request, OwedPlaces owed) {
    if (!write.tables().nodes().containsKey(request.node())) {
      return List.of();
    }
    List<Candidate> fitting = new ArrayList<>();
    for (Room room : request.rooms()) {
      write.promote(room.type());
      int places = Math.min(room.atMost(), request.atMost());
      List<Candidate> candidates = new ArrayList<>();
      for (Priority priority : Priority.values()) {
        candidates.addAll(first(write, new Line(room.type(), priority), places));
      }
      List<Candidate> raised = raised(candidates, owed(write, candidates, room.type(), places, owed));
      for (int place = 0; place < Math.min(places, raised.size()); place++) {
        fitting.add(raised.get(place).at(place));
      }
    }
    List<Candidate> chosen =
        raised(fitting, owed(write, fitting, OwedPlaces.ALL, request.atMost(), owed));
    chosen = chosen.subList(0, Math.min(request.atMost(), chosen.size()));
    note(request, chosen, owed);
    return chosen.stream()
        .sorted(Comparator.comparing((Candidate each) -> each.line().priority()).reversed())
        .map(each -> start(write, write.tables().known(each.task()), request.node()))
        .toList();
  }

  /// Those of lower rank than the highest that are owed places.
  private static List<Candidate> owed(
      ModelWrite write, List<Candidate> all, String type, int places, OwedPlaces owed) {
    TaskId young = TaskId.firstAt(write.now().minus(PATIENCE));
    Optional<Priority> top = top(all);
    return all.stream()
        .filter(each -> each.rank().compareTo(top.orElseThrow()) < 0)
        .filter(each -> TaskIndex.BY_ID.compare(each.task(), young) < 0)
        .sorted(
            Comparator.comparingInt(Candidate::nth)
                .thenComparing(Candidate::rank, owed.order(type))
                .thenComparing(Candidate::task, TaskIndex.BY_ID))
        .limit(owed.of(type, places))
        .toList();
  }

  private static Optional<Priority> top(List<Candidate> all) {
    return all.stream().map(Candidate::rank).max(Comparator.naturalOrder());
  }

  /// All of them in their order, with those first that are owed places.
  private static List<Candidate> raised(List<Candidate> all, List<Candidate> owed) {
    Optional<Priority> top = top(all);
    return all.stream()
        .map(each -> owed.contains(each) ? each.raisedTo(top.orElseThrow()) : each)
        .sorted(Candidate.ORDER)
        .toList();
  }

  private static void note(ClaimRequest request, List<Candidate> chosen, OwedPlaces owed) {
    for (Room room : request.rooms()) {
      int taken =
          (int) chosen.stream().filter(each -> each.line().type().equals(room.type())).count();
      owed.given(room.type(), Math.min(room.atMost(), request.atMost()), taken);
    }
    owed.given(OwedPlaces.ALL, request.atMost(), chosen.size());
  }

  private static List<Candidate> first(ModelWrite write, Line line, int atMost) {
    long present = write.tables().present(line);
    List<Candidate> first = new ArrayList<>();
    Iterator<Place> places = write.tables().index().ready(line).iterator();
    while (places.hasNext() && first.size() < atMost) {
      Place place = places.next();
      first.add(
          new Candidate(
              place.task(), line, place.start() - present, first.size(), line.priority()));
    }
    return first;
  }

  /// Takes this one task if it is due.
  static Optional<Claim> claim(ModelWrite write, TaskId task, NodeId node) {
    return write
        .tables()
        .row(task)
        .filter(row -> row.isDue(write.now()) && write.tables().nodes().containsKey(node))
        .map(row -> start(write, row, node));
  }

  private static Claim start(ModelWrite write, ModelRow row, NodeId node) {
    int attempt = row.task().activity().attempt() + 1;
    Lease lease = new Lease(row.given().id(), node, row.fence() + 1);
    return started(write, write.append(row, List.of(new AttemptStarted(attempt, lease))));
  }

  /// Stores a new task that begins with its first attempt.
  static Claim startNew(ModelWrite write, NewTask given, NodeId node) {
    List<TaskEvent> first = List.of(new AttemptStarted(1, new Lease(given.id(), node, 1)));
    return started(write, write.insert(given, first));
  }

  private static Claim started(ModelWrite write, ModelRow row) {
    Long start = row.turn().start();
    if (start != null) {
      write.tables().claimed(row.line(), start);
    }
    return row.claim();
  }

  /// When the next of these types is due, or a time that is not in the future if one can be
  /// claimed.
  static Optional<Instant> nextDue(ModelTables tables, Collection<String> types, Instant now) {
    Instant next = Instant.MAX;
    for (String type : types) {
      for (Priority priority : Priority.values()) {
        if (!tables.index().ready(new Line(type, priority)).isEmpty()) {
          return Optional.of(now);
        }
      }
      if (!tables.index().delayed(type).isEmpty()) {
        Instant due = tables.index().delayed(type).first().at();
        next = due.isBefore(next) ? due : next;
      }
    }
    return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
  }
}
