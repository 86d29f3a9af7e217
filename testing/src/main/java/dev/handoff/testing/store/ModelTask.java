package dev.handoff.testing.store;

import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.store.Claim.RetryRound;
import dev.handoff.store.NewTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A task as the model knows it: what was submitted, and its log. Everything else follows.
final class ModelTask {
  private final NewTask given;
  private final List<LoggedEvent> log = new ArrayList<>();
  private final Map<String, Payload> steps = new HashMap<>();
  private Task task;
  private long fence;
  private RetryRound round;
  private final Origin origin;
  private @Nullable String joinKey;
  private boolean keptForItself;

  /// Where a task's result comes from; one that was given out again is not given out once more.
  enum Origin {
    WORK,
    CACHE
  }

  ModelTask(NewTask given, Origin origin, Instant now) {
    this.given = given;
    this.origin = origin;
    this.joinKey = given.equality().joinKey();
    this.log.add(
        new LoggedEvent(1, now, new TaskEvent.TaskSubmitted(Replay.millis(given.dueAt()))));
    this.task = Replay.of(given, log);
    this.round = new RetryRound(0, given.dueAt());
  }

  void add(TaskEvent event, Instant now) {
    LoggedEvent logged = new LoggedEvent(log.size() + 1L, now, event);
    log.add(logged);
    if (event instanceof TaskEvent.AttemptStarted started) {
      fence = started.lease().fence();
    }
    if (event instanceof TaskEvent.TaskRetried) {
      round = new RetryRound(task.activity().attempt(), now);
    }
    task = Replay.after(given, task, logged);
  }

  NewTask given() {
    return given;
  }

  TaskId id() {
    return given.id();
  }

  Task task() {
    return task;
  }

  List<LoggedEvent> log() {
    return List.copyOf(log);
  }

  Map<String, Payload> steps() {
    return steps;
  }

  long fence() {
    return fence;
  }

  RetryRound round() {
    return round;
  }

  boolean hasFailed() {
    return task.state() instanceof Failed;
  }

  boolean isVisible(Instant now) {
    Instant expiresAt = task.timeline().expiresAt();
    return expiresAt == null || expiresAt.isAfter(now);
  }

  boolean isDue(Instant now) {
    return task.state() instanceof Queued queued && !queued.dueAt().isAfter(now);
  }

  boolean isHeldUnder(Lease lease) {
    return task.state() instanceof Processing processing && processing.lease().equals(lease);
  }

  boolean isJoinedBy(String key) {
    return !task.isTerminal() && key.equals(joinKey);
  }

  @Nullable String joinKey() {
    return joinKey;
  }

  /// Another one has the key from now on.
  void releaseJoinKey() {
    joinKey = null;
  }

  /// Its result is not given to equal tasks.
  void keepForItself() {
    keptForItself = true;
  }

  /// Whether it runs no later, and with no lower priority, than the other would, and may start for
  /// as long.
  boolean serves(NewTask other) {
    Instant startAt = given.submission().startAt();
    if (other.equality().replaces()) {
      return false;
    }
    return task.state() instanceof Processing
        || (given.submission().priority().compareTo(other.submission().priority()) >= 0
            && (startAt == null || !startAt.isAfter(other.dueAt()))
            && mayStartAsLongAs(other));
  }

  private boolean mayStartAsLongAs(NewTask other) {
    Instant startBefore = given.submission().startBefore();
    Instant asked = other.submission().startBefore();
    return startBefore == null || (asked != null && !startBefore.isBefore(asked));
  }

  /// The result, if it may be given out for this key to somebody who takes results of this age.
  Optional<Payload> cached(String key, Duration cacheFor, Instant now) {
    return origin == Origin.WORK
            && !keptForItself
            && key.equals(given.equality().cacheKey())
            && isVisible(now)
            && task.state() instanceof Completed completed
            && !completed.at().isBefore(now.minus(cacheFor))
        ? Optional.of(completed.result())
        : Optional.empty();
  }

  /// Whether it has waited its turn since it was submitted, neither delayed nor claimed before.
  boolean isFresh() {
    return log.size() == 1 && given.dueAt().equals(given.createdAt());
  }

  /// Whether the other one stands in the same line.
  boolean isInLineWith(ModelTask other) {
    return given.type().equals(other.given.type())
        && given.submission().priority() == other.given.submission().priority()
        && given.submission().tenantName().equals(other.given.submission().tenantName());
  }
}
