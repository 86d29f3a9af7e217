package dev.handoff.testing.simulation;

import dev.handoff.LoggedEvent;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskLifecycle;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.store.Claim;
import dev.handoff.store.Claim.RetryRound;
import dev.handoff.store.NewTask;
import dev.handoff.store.NewTask.Equality;
import dev.handoff.testing.store.Replay;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stored task: what was submitted, its state, and what only the store needs.
record ModelRow(
    NewTask given, Task task, long fence, RetryRound round, QueuePosition position, Notice notice) {

  /// Its position in its queue. `start` is null until it has a first turn; `ready` says whether it
  /// can be claimed.
  record QueuePosition(@Nullable Long start, boolean ready) {
    static final QueuePosition NONE = new QueuePosition(null, false);
  }

  /// Whether its end is to be announced.
  enum Notice {
    UNWANTED,
    PENDING,
    ANNOUNCED
  }

  /// As its first event makes it.
  static ModelRow begin(NewTask given, LoggedEvent submitted) {
    Task task = Replay.begin(given, submitted);
    return new ModelRow(
        given,
        task,
        0,
        new RetryRound(0, ModelTimes.kept(given.dueAt())),
        QueuePosition.NONE,
        given.policy().announceEnd() ? Notice.PENDING : Notice.UNWANTED);
  }

  /// As this event makes it.
  ///
  /// @throws dev.handoff.IllegalTransitionException when the event cannot follow
  ModelRow after(LoggedEvent logged) {
    TaskEvent event = logged.event();
    var ignored = TaskLifecycle.apply(task.state(), event, logged.at());
    boolean retried = event instanceof TaskRetried;
    return new ModelRow(
        given,
        Replay.after(given, task, logged),
        event instanceof AttemptStarted e ? e.lease().fence() : fence,
        retried ? new RetryRound(task.activity().attempt(), logged.at()) : round,
        retried ? QueuePosition.NONE : position,
        retried && notice == Notice.ANNOUNCED ? Notice.PENDING : notice);
  }

  ModelRow with(QueuePosition turn) {
    return new ModelRow(given, task, fence, round, turn, notice);
  }

  ModelRow announced() {
    return new ModelRow(given, task, fence, round, position, Notice.ANNOUNCED);
  }

  /// The same, which equal tasks do not join any more.
  ModelRow withoutJoinKey() {
    Equality keys = given.equality();
    Equality alone = new Equality(null, keys.cacheKey(), keys.cacheFor());
    return new ModelRow(with(given, alone), task, fence, round, position, notice);
  }

  /// The same, whose result is not given to equal tasks.
  ModelRow withoutCacheKey() {
    Equality keys = given.equality();
    Equality own = new Equality(keys.joinKey(), null, keys.cacheFor());
    return new ModelRow(with(given, own), task, fence, round, position, notice);
  }

  static NewTask with(NewTask given, Equality equality) {
    return new NewTask(
        given.id(),
        given.type(),
        given.submission(),
        given.request(),
        given.createdAt(),
        given.policy(),
        equality);
  }

  /// Whether it runs, or will run no later and with no lower priority than the other one would, and
  /// may start for as long.
  boolean serves(NewTask other) {
    Instant startAt = given.submission().startAt();
    if (other.equality().replaces()) {
      return false;
    }
    return !(task.state() instanceof Queued)
        || (given.submission().priority().compareTo(other.submission().priority()) >= 0
            && (startAt == null || !startAt.isAfter(other.dueAt()))
            && mayStartAsLongAs(other));
  }

  private boolean mayStartAsLongAs(NewTask other) {
    Instant startBefore = given.submission().startBefore();
    Instant asked = other.submission().startBefore();
    return startBefore == null || (asked != null && !startBefore.isBefore(asked));
  }

  ModelQueueKey queue() {
    return new ModelQueueKey(
        given.type(), given.submission().priority(), given.submission().gates());
  }

  /// Tasks without a tenant take turns as one.
  String tenant() {
    return given.submission().tenantName().orElse("");
  }

  long nextEvent() {
    return task.activity().lastEvent() + 1;
  }

  boolean isOpen() {
    return !task.isTerminal();
  }

  boolean isVisible(Instant now) {
    Instant expiresAt = task.timeline().expiresAt();
    return expiresAt == null || expiresAt.isAfter(now);
  }

  boolean endedAfter(Instant time) {
    return task.finishedAt().filter(end -> end.isAfter(time)).isPresent();
  }

  boolean isDue(Instant now) {
    return task.state() instanceof Queued(Instant dueAt, var ignored) && !dueAt.isAfter(now);
  }

  boolean hasFailed() {
    return task.state() instanceof Failed;
  }

  boolean awaitsNotice() {
    return notice == Notice.PENDING && task.isTerminal();
  }

  /// The claim of its attempt, which has just started.
  Claim claim() {
    if (!(task.state() instanceof Processing(var lease, int attempt))) {
      throw new IllegalStateException("not started: " + task);
    }
    return new Claim(
        lease,
        given.type(),
        given.submission(),
        attempt,
        task.activity().maxAttempts(),
        round,
        task.timeline().updatedAt(),
        given.request(),
        task.activity().lastEvent());
  }
}
