package dev.handoff.testing.simulation;

import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Role;
import dev.handoff.TaskId;
import dev.handoff.testing.simulation.ModelQueueKey.TenantQueueKey;
import dev.handoff.testing.simulation.SortedGroups.GroupEdit;
import dev.handoff.testing.simulation.TaskIndex.QueueEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;

/// The data of a [ModelDatabase]. Every write can be undone until the next one is committed. All
/// maps are sorted: nothing depends on the order of hashes.
final class ModelTables {
  private static final int FENCE_BITS = 31;

  private final UndoLog undo = new UndoLog();
  private final TaskIndex index = new TaskIndex();
  private final ModelAccounts accounts = new ModelAccounts(undo, this::row);
  private final ModelGates gates = new ModelGates(undo);
  private final ModelNotes notes = new ModelNotes(undo);

  private final NavigableMap<TaskId, ModelRow> rows = new TreeMap<>(TaskIndex.BY_ID);
  private final Map<TaskId, List<LoggedEvent>> logs = new TreeMap<>(TaskIndex.BY_ID);
  private final Map<TaskId, Map<String, Payload>> steps = new TreeMap<>(TaskIndex.BY_ID);
  private final Map<String, List<Duration>> durations = new TreeMap<>();
  private final NavigableMap<NodeId, KnownNode> nodes = new TreeMap<>(TaskIndex.BY_NODE);

  /// How many fences were given: not taken back with an older copy, so that none is given twice.
  private long fences;

  /// A node that is known. `lost` is whether the server saw its session end.
  record KnownNode(Role role, Instant leaseUntil, boolean lost) {}

  UndoLog undo() {
    return undo;
  }

  TaskIndex index() {
    return index;
  }

  ModelAccounts accounts() {
    return accounts;
  }

  ModelGates gates() {
    return gates;
  }

  ModelNotes notes() {
    return notes;
  }

  Optional<ModelRow> row(TaskId id) {
    return Optional.ofNullable(rows.get(id));
  }

  /// The row of a task that an index names.
  ModelRow known(TaskId id) {
    return row(id).orElseThrow(() -> new IllegalStateException("an index names " + id));
  }

  /// All tasks by their ids.
  NavigableMap<TaskId, ModelRow> rows() {
    return rows;
  }

  /// Stores a task, or what became of it.
  void put(ModelRow row) {
    TaskId id = row.given().id();
    ModelRow before = rows.get(id);
    if (before != null) {
      index.edit(GroupEdit.REMOVE, before);
    }
    undo.add(() -> {
      index.edit(GroupEdit.REMOVE, row);
      if (before != null) {
        index.edit(GroupEdit.ADD, before);
      }
    });
    undo.put(rows, id, row);
    index.edit(GroupEdit.ADD, row);
  }

  /// Deletes a task with everything that belongs to it.
  void delete(ModelRow row) {
    TaskId id = row.given().id();
    index.edit(GroupEdit.REMOVE, row);
    undo.add(() -> index.edit(GroupEdit.ADD, row));
    undo.remove(rows, id);
    undo.remove(logs, id);
    undo.remove(steps, id);
    accounts.forget(id);
  }

  List<LoggedEvent> log(TaskId id) {
    return logs.getOrDefault(id, List.of());
  }

  void log(TaskId id, List<LoggedEvent> events) {
    List<LoggedEvent> log = logs.get(id);
    if (log == null) {
      undo.put(logs, id, new ArrayList<>(events));
    } else {
      undo.append(log, events);
    }
  }

  Optional<Payload> step(TaskId id, String name) {
    return Optional.ofNullable(steps.getOrDefault(id, Map.of()).get(name));
  }

  void saveStep(TaskId id, String name, Payload value) {
    undo.put(steps.computeIfAbsent(id, ignored -> new TreeMap<>()), name, value);
  }

  List<Duration> durations(String type) {
    return durations.getOrDefault(type, List.of());
  }

  void keepDurations(String type, List<Duration> kept) {
    undo.put(durations, type, kept);
  }

  NavigableMap<NodeId, KnownNode> nodes() {
    return nodes;
  }

  void put(NodeId node, KnownNode member) {
    undo.put(nodes, node, member);
  }

  void remove(NodeId node) {
    undo.remove(nodes, node);
  }

  /// Returns the virtual time of a queue: the start of its first waiting task, or 0.
  long virtualTime(ModelQueueKey queue) {
    NavigableSet<QueueEntry> waiting = index.ready(queue);
    return waiting.isEmpty() ? 0 : waiting.first().start();
  }

  /// Returns the start of a task that joins its queue now: the virtual time, or after the tenant's
  /// last there.
  long nextStart(ModelRow row) {
    NavigableSet<QueueEntry> waiting = index.ready(new TenantQueueKey(row.queue(), row.tenant()));
    long virtualTime = virtualTime(row.queue());
    return waiting.isEmpty() ? virtualTime : Math.max(virtualTime, waiting.last().start() + 1);
  }

  /// The fence of the next claim of a task that has this one: larger, and never given before.
  long nextFence(long fence) {
    return ((fence >> FENCE_BITS) + 1) << FENCE_BITS | fences++;
  }

  void copyFrom(ModelTables other) {
    rows.clear();
    logs.clear();
    steps.clear();
    nodes.clear();
    durations.clear();
    index.clear();
    rows.putAll(other.rows);
    other.logs.forEach((id, log) -> logs.put(id, new ArrayList<>(log)));
    other.steps.forEach((id, values) -> steps.put(id, new TreeMap<>(values)));
    nodes.putAll(other.nodes);
    durations.putAll(other.durations);
    rows.values().forEach(row -> index.edit(GroupEdit.ADD, row));
    accounts.copyFrom(other.accounts);
    gates.copyFrom(other.gates);
    notes.copyFrom(other.notes);
  }
}
