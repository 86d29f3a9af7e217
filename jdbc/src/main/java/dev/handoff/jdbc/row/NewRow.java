package dev.handoff.jdbc.row;

import dev.handoff.LoggedEvent;
import dev.handoff.Payload;
import dev.handoff.Progress;
import dev.handoff.Task;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskLifecycle;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Queued;
import dev.handoff.Usage;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.store.Claim.RetryRound;
import dev.handoff.store.NewTask;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A task as it is first stored, and its first events.
public record NewRow(NewTask given, Task task, QueueKeys keys, List<LoggedEvent> events) {
  /// The place in the order of claims, and the keys under which equal tasks find this one.
  public record QueueKeys(
      @Nullable Long fairStart, @Nullable String joinKey, @Nullable String cacheKey) {}

  /// Creates a waiting task. A delayed one gets its turn when it is due.
  public static NewRow waiting(NewTask given, ToLongFunction<NewTask> turns, Instant now) {
    TaskSubmitted submitted = submitted(given);
    Long turn = submitted.dueAt().isAfter(now) ? null : Long.valueOf(turns.applyAsLong(given));
    return new NewRow(
        given,
        begin(given, submitted, now),
        new QueueKeys(turn, given.equality().joinKey(), given.equality().cacheKey()),
        List.of(new LoggedEvent(1, now, submitted)));
  }

  /// Creates a task that has ended, with the result of an equal one. It has no keys: a result that
  /// is reused does not become younger.
  public static NewRow cached(NewTask given, Payload result, Instant now) {
    TaskSubmitted submitted = submitted(given);
    TaskCompleted completed = new TaskCompleted(result);
    StoredTask begun = stored(given, begin(given, submitted, now));
    return new NewRow(
        given,
        TaskFold.apply(begun, completed, now).task(),
        new QueueKeys(null, null, null),
        List.of(new LoggedEvent(1, now, submitted), new LoggedEvent(2, now, completed)));
  }

  /// Creates a task that a newer one of the same submit has replaced.
  public static NewRow replaced(NewTask given, TaskId newer, Instant now) {
    TaskSubmitted submitted = submitted(given);
    TaskCancelled cancelled = TaskCancelled.replacedBy(newer);
    StoredTask begun = stored(given, begin(given, submitted, now));
    return new NewRow(
        given,
        TaskFold.apply(begun, cancelled, now).task(),
        new QueueKeys(null, null, null),
        List.of(new LoggedEvent(1, now, submitted), new LoggedEvent(2, now, cancelled)));
  }

  public static StoredTask stored(NewTask given, Task task) {
    RetryRound round = new RetryRound(0, Millis.truncated(given.dueAt()));
    return new StoredTask(task, 0, given.policy().retention(), round, given.policy().announceEnd());
  }

  private static TaskSubmitted submitted(NewTask given) {
    return new TaskSubmitted(Millis.truncated(given.dueAt()));
  }

  private static Task begin(NewTask given, TaskSubmitted submitted, Instant now) {
    return new Task(
        given.id(),
        given.type(),
        given.submission(),
        TaskLifecycle.begin(submitted),
        new Task.Activity(Progress.NONE, 0, given.policy().maxAttempts(), Usage.NONE, 1),
        new Task.Timeline(Millis.truncated(given.createdAt()), null, now, null));
  }

  public void announce(Announcements announcements) {
    announcements.submitted(given);
    announcements.events(given.id(), events);
    if (task.state() instanceof Queued(Instant dueAt, var ignored)) {
      announcements.work(dueAt);
      GatedLine.of(given.type(), given.submission()).ifPresent(announcements::gated);
    } else if (given.policy().announceEnd()) {
      announcements.end();
    }
  }

  /// Removes the join key.
  public NewRow withoutJoinKey() {
    return new NewRow(given, task, new QueueKeys(keys.fairStart(), null, keys.cacheKey()), events);
  }

  public boolean isPlain() {
    return isWork() && keys.joinKey() == null;
  }

  /// Whether it passes gates, so that only a claim may start it.
  public boolean isGated() {
    return !given.submission().gates().isEmpty();
  }

  /// Whether it can be claimed at this time.
  public boolean isDue(Instant now) {
    return task.state() instanceof Queued(Instant dueAt, var ignored)
        && !dueAt.isAfter(now)
        && !task.isTooLate(now);
  }

  /// Whether it completed at once, with the result of an equal one.
  public boolean isCached() {
    return task.state() instanceof Completed;
  }

  /// Whether it can be claimed now or later.
  public boolean isWork() {
    return !task.state().isTerminal();
  }
}
