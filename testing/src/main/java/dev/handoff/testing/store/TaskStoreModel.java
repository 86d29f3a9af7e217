package dev.handoff.testing.store;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Role;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import dev.handoff.store.NewTask;
import dev.handoff.store.NewTask.Equality;
import dev.handoff.store.Node;
import dev.handoff.store.StateCount;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import dev.handoff.testing.store.ModelTask.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A reference model of a store: maps, one caller, no optimization. Real stores are compared with
/// it.
final class TaskStoreModel {
  private final Map<TaskId, ModelTask> tasks = new LinkedHashMap<>();
  private final Map<NodeId, Membership> nodes = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final ModelPlaces places = new ModelPlaces();
  private int purged;

  private record Membership(Role role, Instant leaseUntil) {}

  List<SubmitResult> submit(List<NewTask> given, Instant now) {
    return given.stream().map(task -> submit(task, now)).toList();
  }

  private SubmitResult submit(NewTask given, Instant now) {
    Equality equality = given.equality();
    String joinKey = equality.joinKey();
    Optional<ModelTask> open =
        joinKey == null ? Optional.empty() : first(task -> task.isJoinedBy(joinKey));
    if (open.isPresent() && open.get().serves(given)) {
      return new SubmitResult(open.get().id(), SubmitOrigin.JOINED);
    }
    Optional<Payload> cached = cached(equality, now);
    if (cached.isEmpty()) {
      open.ifPresent(other -> giveWay(other, given, now));
    }
    ModelTask task = new ModelTask(given, cached.isPresent() ? Origin.CACHE : Origin.WORK, now);
    tasks.put(given.id(), task);
    cached.ifPresent(result -> task.add(new TaskCompleted(result), now));
    return new SubmitResult(
        given.id(), cached.isPresent() ? SubmitOrigin.CACHED : SubmitOrigin.NEW);
  }

  private static void giveWay(ModelTask other, NewTask given, Instant now) {
    if (given.equality().replaces() && other.task().state() instanceof Queued) {
      other.add(TaskEvent.TaskCancelled.replacedBy(given.id()), now);
    } else {
      other.releaseJoinKey();
    }
  }

  private Optional<Payload> cached(Equality equality, Instant now) {
    String key = equality.cacheKey();
    return key == null || equality.cacheFor().isZero()
        ? Optional.empty()
        : tasks.values().stream()
            .filter(task -> task.cached(key, equality.cacheFor(), now).isPresent())
            .max(Comparator.comparing(task -> task.task().finishedAt().orElseThrow()))
            .flatMap(task -> task.task().result());
  }

  /// Appends the events if the lease holds.
  ///
  /// @return whether it did
  boolean append(Lease lease, List<TaskEvent> events, Instant now) {
    boolean held = holds(lease);
    if (held) {
      events.forEach(event -> get(lease.task()).add(event, now));
    }
    return held;
  }

  boolean holds(Lease lease) {
    return get(lease.task()).isHeldUnder(lease);
  }

  void note(String text) {
    notes.add(text);
  }

  boolean saveStep(Lease lease, String name, Payload value) {
    boolean held = holds(lease);
    if (held) {
      get(lease.task()).steps().putIfAbsent(name, value);
    }
    return held;
  }

  boolean cancel(TaskId id, String reason, Instant now) {
    boolean open = !get(id).task().isTerminal();
    if (open) {
      get(id).add(new TaskEvent.TaskCancelled(reason), now);
    }
    return open;
  }

  boolean retry(TaskId id, Instant now) {
    ModelTask task = get(id);
    String joinKey = task.joinKey();
    boolean taken = joinKey != null && first(other -> other.isJoinedBy(joinKey)).isPresent();
    boolean retried = task.isVisible(now) && task.hasFailed() && !taken;
    if (retried) {
      task.add(new TaskEvent.TaskRetried(now), now);
    }
    return retried;
  }

  List<TaskSummary> list(TaskQuery query, Instant now) {
    return all(task -> task.isVisible(now) && isAskedFor(query, task.task())).stream()
        .map(task -> TaskSummary.of(task.task()))
        .sorted(Comparator.comparing(TaskSummary::id).reversed())
        .toList();
  }

  private static boolean isAskedFor(TaskQuery query, Task task) {
    Instant from = query.createdFrom();
    Instant until = query.createdUntil();
    Instant created = task.timeline().createdAt();
    return isOrAny(query.owner(), task.submission().owner())
        && isOrAny(query.tenant(), task.submission().tenant())
        && isOrAny(query.subject(), task.submission().subject())
        && isOrAny(query.type(), task.type())
        && (query.statuses().isEmpty() || query.statuses().contains(TaskStatus.of(task.state())))
        && (from == null || !created.isBefore(from))
        && (until == null || created.isBefore(until));
  }

  private static boolean isOrAny(@Nullable String asked, @Nullable String given) {
    return asked == null || asked.equals(given);
  }

  void join(Node node, Instant leaseUntil) {
    nodes.put(node.id(), new Membership(node.role(), leaseUntil));
  }

  boolean renew(NodeId node, Instant leaseUntil) {
    return nodes.computeIfPresent(node, (ignored, was) -> new Membership(was.role(), leaseUntil))
        != null;
  }

  /// Forgets a node.
  ///
  /// @return what it held
  List<ModelTask> leave(NodeId node) {
    nodes.remove(node);
    return all(task ->
        task.task().state() instanceof Processing processing
            && processing.lease().node().equals(node));
  }

  /// Forgets the nodes whose lease has ended.
  ///
  /// @return the tasks that no known node holds
  List<ModelTask> orphans(Instant now) {
    nodes.values().removeIf(node -> !node.leaseUntil().isAfter(now));
    return all(task ->
        task.task().state() instanceof Processing processing
            && !nodes.containsKey(processing.lease().node()));
  }

  ModelPlaces places() {
    return places;
  }

  void endNodes() {
    nodes.clear();
  }

  boolean knows(NodeId node) {
    return nodes.containsKey(node);
  }

  boolean hasWorkers(Instant now) {
    return nodes.values().stream()
        .anyMatch(node -> node.role() != Role.API && node.leaseUntil().isAfter(now));
  }

  /// Deletes what has expired.
  ///
  /// @return how many tasks that were
  int purge(int atMost, Instant now) {
    int expired = all(task -> !task.isVisible(now)).size() - purged;
    int deleted = Math.min(atMost, expired);
    purged += deleted;
    return deleted;
  }

  Map<String, Long> counts(Instant now) {
    Map<String, Long> counts = new TreeMap<>();
    all(task -> task.isVisible(now))
        .forEach(task ->
            counts.merge(task.given().type() + "/" + task.task().state().word(), 1L, Long::sum));
    return counts;
  }

  static Map<String, Long> byWord(List<StateCount> counts) {
    Map<String, Long> byWord = new TreeMap<>();
    counts.forEach(count -> byWord.put(count.type() + "/" + count.state(), count.count()));
    return byWord;
  }

  /// When the next task of these types becomes due, or now when one is due already.
  Optional<Instant> nextDue(Collection<String> types, Instant now) {
    return all(task -> types.contains(task.given().type())).stream()
        .filter(task -> task.task().state() instanceof Queued)
        .map(task -> ((Queued) task.task().state()).dueAt())
        .map(due -> due.isBefore(now) ? now : due)
        .min(Comparator.naturalOrder());
  }

  ModelTask get(TaskId id) {
    ModelTask task = tasks.get(id);
    if (task == null) {
      throw new IllegalArgumentException("the model does not know " + id);
    }
    return task;
  }

  List<ModelTask> all() {
    return List.copyOf(tasks.values());
  }

  List<ModelTask> all(Predicate<ModelTask> which) {
    return tasks.values().stream().filter(which).toList();
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  private Optional<ModelTask> first(Predicate<ModelTask> which) {
    return tasks.values().stream().filter(which).findFirst();
  }
}
