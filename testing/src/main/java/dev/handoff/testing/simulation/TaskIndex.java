package dev.handoff.testing.simulation;

import dev.handoff.NodeId;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.testing.simulation.Line.Share;
import dev.handoff.testing.simulation.SortedGroups.Edit;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The ways to find tasks without a walk over all of them. It follows from the rows alone.
final class TaskIndex {
  /// The order of their texts.
  static final Comparator<TaskId> BY_ID =
      (one, other) -> {
        int high =
            Long.compareUnsigned(
                one.value().getMostSignificantBits(), other.value().getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(
                one.value().getLeastSignificantBits(), other.value().getLeastSignificantBits());
      };

  static final Comparator<NodeId> BY_NODE = Comparator.comparing(NodeId::value);

  /// A task, and when something happens to it or happened.
  record Moment(Instant at, TaskId task) {
    static final Comparator<Moment> ORDER =
        Comparator.comparing(Moment::at).thenComparing(Moment::task, BY_ID);
  }

  /// A task's place in its line.
  record Place(long start, TaskId task) {
    static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::start).thenComparing(Place::task, BY_ID);
  }

  private final SortedGroups<Line, Place> ready = new SortedGroups<>(Line.ORDER, Place.ORDER);
  private final SortedGroups<Share, Place> shares = new SortedGroups<>(Share.ORDER, Place.ORDER);
  private final SortedGroups<String, Moment> delayed =
      new SortedGroups<>(Comparator.naturalOrder(), Moment.ORDER);
  private final SortedGroups<NodeId, TaskId> held = new SortedGroups<>(BY_NODE, BY_ID);
  private final SortedGroups<String, TaskId> owned =
      new SortedGroups<>(Comparator.naturalOrder(), BY_ID);
  private final SortedGroups<String, TaskId> joinable =
      new SortedGroups<>(Comparator.naturalOrder(), BY_ID);
  private final SortedGroups<String, Moment> results =
      new SortedGroups<>(Comparator.naturalOrder(), Moment.ORDER);
  private final NavigableSet<Moment> expiring = new TreeSet<>(Moment.ORDER);
  private final NavigableSet<TaskId> unannounced = new TreeSet<>(BY_ID);

  void edit(Edit edit, ModelRow row) {
    TaskId id = row.given().id();
    owned.edit(edit, row.given().submission().owner(), id);
    String joinKey = row.given().equality().joinKey();
    if (joinKey != null && row.isOpen()) {
      joinable.edit(edit, joinKey, id);
    }
    Instant expiresAt = row.task().timeline().expiresAt();
    if (expiresAt != null) {
      edit.in(expiring, new Moment(expiresAt, id));
    }
    if (row.awaitsNotice()) {
      edit.in(unannounced, id);
    }
    editByState(edit, row, id);
  }

  private void editByState(Edit edit, ModelRow row, TaskId id) {
    switch (row.task().state()) {
      case Queued(Instant dueAt, var _) -> {
        Long start = row.turn().start();
        if (!row.turn().ready() || start == null) {
          delayed.edit(edit, row.given().type(), new Moment(dueAt, id));
        } else {
          ready.edit(edit, row.line(), new Place(start, id));
          shares.edit(edit, new Share(row.line(), row.tenant()), new Place(start, id));
        }
      }
      case Processing(var lease, var _) -> held.edit(edit, lease.node(), id);
      case Completed(var _, Instant at) -> {
        String cacheKey = row.given().equality().cacheKey();
        if (cacheKey != null) {
          results.edit(edit, cacheKey, new Moment(at, id));
        }
      }
      case Failed _, Cancelled _ -> {}
    }
  }

  /// What can be claimed of a line, in its order.
  NavigableSet<Place> ready(Line line) {
    return ready.of(line);
  }

  /// What can be claimed of a tenant's part of a line, in its order.
  NavigableSet<Place> ready(Share share) {
    return shares.of(share);
  }

  /// What waits of a type without being ready, by when it is due.
  NavigableSet<Moment> delayed(String type) {
    return delayed.of(type);
  }

  NavigableMap<NodeId, NavigableSet<TaskId>> held() {
    return held.all();
  }

  NavigableSet<TaskId> heldBy(NodeId node) {
    return held.of(node);
  }

  NavigableSet<TaskId> ownedBy(String owner) {
    return owned.of(owner);
  }

  /// The open task with this join key, if there is one.
  NavigableSet<TaskId> joinable(String joinKey) {
    return joinable.of(joinKey);
  }

  /// What completed with this cache key, by when.
  NavigableSet<Moment> results(String cacheKey) {
    return results.of(cacheKey);
  }

  /// What ended, by when it is forgotten.
  NavigableSet<Moment> expiring() {
    return expiring;
  }

  /// What ended and is still to be announced.
  NavigableSet<TaskId> unannounced() {
    return unannounced;
  }

  void clear() {
    ready.clear();
    shares.clear();
    delayed.clear();
    held.clear();
    owned.clear();
    joinable.clear();
    results.clear();
    expiring.clear();
    unannounced.clear();
  }
}
