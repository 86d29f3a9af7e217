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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Gives waiting tasks to nodes.
final class ModelClaims {
  private ModelClaims() {}

  /// A task that may be claimed, and how far it is from its line's present.
  private record Candidate(TaskId task, Line line, long ahead) {
    static final Comparator<Candidate> ORDER =
        Comparator.comparing((Candidate each) -> each.line().priority())
            .reversed()
            .thenComparingLong(Candidate::ahead)
            .thenComparing(Candidate::task, TaskIndex.BY_ID);
  }

  static List<Claim> claim(ModelWrite write, ClaimRequest request) {
    if (!write.tables().nodes().containsKey(request.node())) {
      return List.of();
    }
    Map<String, Integer> rooms = new TreeMap<>();
    List<Candidate> candidates = new ArrayList<>();
    for (Room room : request.rooms()) {
      write.promote(room.type());
      rooms.put(room.type(), room.atMost());
      for (Priority priority : Priority.values()) {
        Line line = new Line(room.type(), priority);
        candidates.addAll(first(write, line, Math.min(room.atMost(), request.atMost())));
      }
    }
    candidates.sort(Candidate.ORDER);
    List<Claim> claims = new ArrayList<>();
    Iterator<Candidate> next = candidates.iterator();
    while (next.hasNext() && claims.size() < request.atMost()) {
      Candidate candidate = next.next();
      if (rooms.merge(candidate.line().type(), -1, Integer::sum) >= 0) {
        claims.add(start(write, write.tables().known(candidate.task()), request.node()));
      }
    }
    return claims;
  }

  private static List<Candidate> first(ModelWrite write, Line line, int atMost) {
    long present = write.tables().present(line);
    List<Candidate> first = new ArrayList<>();
    Iterator<Place> places = write.tables().index().ready(line).iterator();
    while (places.hasNext() && first.size() < atMost) {
      Place place = places.next();
      first.add(new Candidate(place.task(), line, place.start() - present));
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
    long fence = write.tables().nextFence(row.fence());
    Lease lease = new Lease(row.given().id(), node, fence);
    return started(write, write.append(row, List.of(new AttemptStarted(attempt, lease))));
  }

  /// Stores a new task that begins with its first attempt.
  static Claim startNew(ModelWrite write, NewTask given, NodeId node) {
    Lease lease = new Lease(given.id(), node, write.tables().nextFence(0));
    List<TaskEvent> first = List.of(new AttemptStarted(1, lease));
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
