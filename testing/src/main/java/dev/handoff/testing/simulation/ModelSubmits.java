package dev.handoff.testing.simulation;

import dev.handoff.HandoffException;
import dev.handoff.Payload;
import dev.handoff.Priority;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Queued;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.NewTask;
import dev.handoff.store.NewTask.Equality;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import dev.handoff.testing.simulation.TaskIndex.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Stores new tasks, or joins them to equal ones.
final class ModelSubmits {
  /// As in the PostgreSQL store: more tasks in one call wait for a claim.
  private static final int STARTED_AT_ONCE = 10;

  private ModelSubmits() {}

  /// The answers, in the order of the tasks, and the attempts that were started.
  record SubmitAnswers(List<SubmitResult> submitted, List<Claim> started) {}

  static List<SubmitResult> submit(ModelWrite write, List<NewTask> tasks) {
    return tasks.stream().map(task -> submit(write, ModelTimes.kept(task))).toList();
  }

  private static SubmitResult submit(ModelWrite write, NewTask given) {
    Optional<ModelRow> open = joinable(write, given.equality());
    if (open.isPresent() && open.get().serves(given)) {
      return new SubmitResult(open.get().given().id(), SubmitOrigin.JOINED);
    }
    requireUnknown(write, given);
    Optional<Payload> cached = cached(write, given.equality());
    if (cached.isPresent()) {
      List<TaskEvent> completed = List.of(new TaskCompleted(cached.get()));
      // A result that is given out again does not become younger by it.
      var ignored = write.insert(ModelRow.with(given, Equality.NONE), completed);
      return new SubmitResult(given.id(), SubmitOrigin.CACHED);
    }
    // From now on equal tasks meet this one.
    open.ifPresent(other -> giveWay(write, other, given));
    var ignored = write.insert(given, List.of());
    return new SubmitResult(given.id(), SubmitOrigin.NEW);
  }

  private static void giveWay(ModelWrite write, ModelRow other, NewTask given) {
    if (given.equality().replaces() && other.task().state() instanceof Queued) {
      var ignored = write.append(other, List.of(TaskCancelled.replacedBy(given.id())));
    } else {
      write.tables().put(other.withoutJoinKey());
    }
  }

  private static Optional<ModelRow> joinable(ModelWrite write, Equality equality) {
    String joinKey = equality.joinKey();
    return joinKey == null
        ? Optional.empty()
        : write.tables().index().joinable(joinKey).stream().findFirst().map(write.tables()::known);
  }

  private static void requireUnknown(ModelWrite write, NewTask given) {
    if (write.tables().row(given.id()).isPresent()) {
      throw new HandoffException("task " + given.id() + " is stored already; make a new id");
    }
  }

  private static Optional<Payload> cached(ModelWrite write, Equality equality) {
    String key = equality.cacheKey();
    if (key == null || equality.cacheFor().isZero()) {
      return Optional.empty();
    }
    Instant since = write.now().minus(ModelTimes.kept(equality.cacheFor()));
    for (Moment result : write.tables().index().results(key).descendingSet()) {
      ModelRow row = write.tables().known(result.task());
      if (result.at().isBefore(since)) {
        return Optional.empty();
      }
      if (row.isVisible(write.now())
          && row.task().state() instanceof Completed(Payload payload, var ignored)) {
        return Optional.of(payload);
      }
    }
    return Optional.empty();
  }

  /// As [#submit(ModelWrite, List)]. Where the node has room for all of them and nobody waits for
  /// it, they are started as they are stored.
  static SubmitAnswers submit(
      ModelWrite write, List<NewTask> tasks, Optional<ClaimRequest> request) {
    if (request.isEmpty() || !fits(write, tasks, request.get())) {
      return new SubmitAnswers(submit(write, tasks), List.of());
    }
    List<SubmitResult> submitted = new ArrayList<>();
    List<Claim> started = new ArrayList<>();
    for (NewTask task : tasks) {
      NewTask given = ModelTimes.kept(task);
      requireUnknown(write, given);
      started.add(ModelClaims.startNew(write, given, request.get().node()));
      submitted.add(new SubmitResult(given.id(), SubmitOrigin.NEW));
    }
    return new SubmitAnswers(submitted, started);
  }

  private static boolean fits(ModelWrite write, List<NewTask> tasks, ClaimRequest request) {
    Map<String, Integer> rooms = new TreeMap<>();
    request.rooms().forEach(room -> rooms.put(room.type(), room.atMost()));
    boolean fits =
        write.tables().nodes().containsKey(request.node())
            && tasks.size() <= Math.min(STARTED_AT_ONCE, request.atMost())
            && request.rooms().stream().noneMatch(room -> somebodyWaits(write, room));
    for (NewTask task : tasks) {
      fits &=
          task.equality().joinKey() == null
              && task.submission().gates().isEmpty()
              && cached(write, task.equality()).isEmpty()
              && !ModelTimes.kept(task.dueAt()).isAfter(write.now())
              && isInTime(ModelTimes.kept(task), write.now())
              && rooms.merge(task.type(), -1, Integer::sum) >= 0;
    }
    return fits;
  }

  private static boolean isInTime(NewTask task, Instant now) {
    Instant startBefore = task.submission().startBefore();
    return startBefore == null || startBefore.isAfter(now);
  }

  private static boolean somebodyWaits(ModelWrite write, Room room) {
    for (Priority priority : Priority.values()) {
      if (!write.tables().index().ready(new ModelQueueKey(room.type(), priority)).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
