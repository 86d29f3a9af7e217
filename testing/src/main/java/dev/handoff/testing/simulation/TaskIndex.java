package dev.handoff.testing.simulation;

import dev.handoff.NodeId;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.testing.simulation.ModelQueueKey.TenantQueueKey;
import dev.handoff.testing.simulation.SortedGroups.GroupEdit;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Indexes over the rows, so that tasks are found without a scan. Derived from the rows alone.
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

  /// A ready task and its start in its queue.
  record QueueEntry(long start, TaskId task) {
    static final Comparator<QueueEntry> ORDER =
        Comparator.comparingLong(QueueEntry::start).thenComparing(QueueEntry::task, BY_ID);
  }

  private final SortedGroups<ModelQueueKey, QueueEntry> ready =
      new SortedGroups<>(ModelQueueKey.ORDER, QueueEntry.ORDER);
  private final SortedGroups<TenantQueueKey, QueueEntry> shares =
      new SortedGroups<>(TenantQueueKey.ORDER, QueueEntry.ORDER);
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
  private final NavigableSet<Moment> limited = new TreeSet<>(Moment.ORDER);

  void edit(GroupEdit edit, ModelRow row) {
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

  private void editByState(GroupEdit edit, ModelRow row, TaskId id) {
    switch (row.task().state()) {
      case Queued(Instant dueAt, var ignored) -> {
        Instant startBefore = row.given().submission().startBefore();
        if (startBefore != null && row.task().timeline().startedAt() == null) {
          edit.in(limited, new Moment(startBefore, id));
        }
        Long start = row.position().start();
        if (!row.position().ready() || start == null) {
          delayed.edit(edit, row.given().type(), new Moment(dueAt, id));
        } else {
          ready.edit(edit, row.queue(), new QueueEntry(start, id));
          shares.edit(
              edit, new TenantQueueKey(row.queue(), row.tenant()), new QueueEntry(start, id));
        }
      }
      case Processing(var lease, var ignored) -> held.edit(edit, lease.node(), id);
      case Completed(var ignored, Instant at) -> {
        String cacheKey = row.given().equality().cacheKey();
        if (cacheKey != null) {
          results.edit(edit, cacheKey, new Moment(at, id));
        }
      }
      case Failed ignored -> {}
      case Cancelled ignored -> {}
    }
  }

  /// Returns the ready tasks of a queue, in its order.
  NavigableSet<QueueEntry> ready(ModelQueueKey queue) {
    return ready.of(queue);
  }

  /// Returns the queues of a type with ready tasks.
  List<ModelQueueKey> queues(String type) {
    return ready.all().keySet().stream().filter(queue -> queue.type().equals(type)).toList();
  }

  /// Returns the ready tasks of a tenant in a queue, in its order.
  NavigableSet<QueueEntry> ready(TenantQueueKey share) {
    return shares.of(share);
  }

  /// Returns the tasks of a type that are not ready, by due time.
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

  /// Returns the completed tasks with this cache key, by time.
  NavigableSet<Moment> results(String cacheKey) {
    return results.of(cacheKey);
  }

  /// Returns the ended tasks, by expiry.
  NavigableSet<Moment> expiring() {
    return expiring;
  }

  /// Returns the ended tasks that are still to be announced.
  NavigableSet<TaskId> unannounced() {
    return unannounced;
  }

  /// Returns the tasks whose first attempt has to start before a time, by that time.
  NavigableSet<Moment> limited() {
    return limited;
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
    limited.clear();
  }
}
