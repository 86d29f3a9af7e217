package dev.handoff.testing.simulation;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.NewTask;
import dev.handoff.testing.simulation.ModelClaimChoice.ClaimCandidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Gives waiting tasks to nodes.
final class ModelClaims {
  /// When gates without room are looked at again.
  private static final Duration WHILE_NO_ROOM = Duration.ofMillis(250);

  private ModelClaims() {}

  static List<Claim> claim(ModelWrite write, ClaimRequest request, ClaimMemory memory) {
    if (!write.tables().nodes().containsKey(request.node())) {
      return List.of();
    }
    var ignored = ModelEnds.cancelLate(write, Integer.MAX_VALUE);
    ModelClaimChoice choice = new ModelClaimChoice(write, memory);
    for (Room room : request.rooms()) {
      int places = Math.min(room.atMost(), request.atMost());
      if (places > 0) {
        write.promote(room.type());
        choice.add(room.type(), places);
      }
    }
    List<Claim> claims = new ArrayList<>();
    Map<String, Integer> claimed = new TreeMap<>();
    for (ClaimCandidate each : choice.choose(request.atMost())) {
      claims.add(start(write, write.tables().known(each.task()), request.node()));
      claimed.merge(each.queue().type(), 1, Integer::sum);
      memory.took(each.queue(), each.start());
      each.queue().gates().forEach(gate -> write.tables().gates().started(gate, write.now()));
    }
    memory.gave(request, claimed);
    return claims;
  }

  /// Takes this one task if it is due.
  static Optional<Claim> claim(ModelWrite write, TaskId task, NodeId node) {
    return write
        .tables()
        .row(task)
        .filter(row -> row.isDue(write.now()) && !row.task().isTooLate(write.now()))
        .filter(ignored -> write.tables().nodes().containsKey(node))
        .filter(row -> hasRoom(write.tables(), row.queue(), write.now()))
        .map(row -> {
          row.queue().gates().forEach(gate -> write.tables().gates().started(gate, write.now()));
          return start(write, row, node);
        });
  }

  private static boolean hasRoom(ModelTables tables, ModelQueueKey queue, Instant now) {
    return queue.gates().stream().allMatch(gate -> tables.gates().room(tables, gate, now) > 0);
  }

  private static Claim start(ModelWrite write, ModelRow row, NodeId node) {
    int attempt = row.task().activity().attempt() + 1;
    long fence = write.tables().nextFence(row.fence());
    Lease lease = new Lease(row.given().id(), node, fence);
    return write.append(row, List.of(new AttemptStarted(attempt, lease))).claim();
  }

  /// Stores a new task that begins with its first attempt.
  static Claim startNew(ModelWrite write, NewTask given, NodeId node) {
    Lease lease = new Lease(given.id(), node, write.tables().nextFence(0));
    List<TaskEvent> first = List.of(new AttemptStarted(1, lease));
    return write.insert(given, first).claim();
  }

  /// When the next of these types is due, or a time that is not in the future if one can be
  /// claimed.
  static Optional<Instant> nextDue(ModelTables tables, Collection<String> types, Instant now) {
    Instant next = Instant.MAX;
    for (String type : types) {
      for (ModelQueueKey queue : tables.index().queues(type)) {
        if (hasRoom(tables, queue, now)) {
          return Optional.of(now);
        }
        Instant again = now.plus(WHILE_NO_ROOM);
        next = again.isBefore(next) ? again : next;
      }
      if (!tables.index().delayed(type).isEmpty()) {
        Instant due = tables.index().delayed(type).first().at();
        next = due.isBefore(next) ? due : next;
      }
    }
    return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
  }
}
