package dev.handoff.jdbc.row;

import dev.handoff.Lease;
import dev.handoff.Progress;
import dev.handoff.Task;
import dev.handoff.Task.Activity;
import dev.handoff.Task.Timeline;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.OutputReset;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskEvent.UsageRecorded;
import dev.handoff.TaskLifecycle;
import dev.handoff.TaskState;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.store.Claim.RetryRound;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Applies events to stored tasks: the state by [TaskLifecycle], and with it progress and times.
/// Pure: the same events always give the same task.
public final class TaskFold {
  private TaskFold() {}

  /// Returns the task after this event, which happened at this time.
  public static StoredTask apply(StoredTask before, TaskEvent event, Instant at) {
    Task task = before.task();
    TaskState state = TaskLifecycle.apply(task.state(), event, at);
    Instant expiresAt = state.isTerminal() ? end(at, before.retention()) : null;
    Task after =
        new Task(
            task.id(),
            task.type(),
            task.submission(),
            state,
            after(before, event),
            after(task.timeline(), event, at, expiresAt));
    long fence =
        event instanceof AttemptStarted(int ignored, Lease lease) ? lease.fence() : before.fence();
    RetryRound round =
        event instanceof TaskRetried
            ? new RetryRound(task.activity().attempt(), at)
            : before.round();
    return new StoredTask(after, fence, before.retention(), round, before.announceEnd());
  }

  private static Activity after(StoredTask stored, TaskEvent event) {
    Activity before = stored.task().activity();
    Progress progress =
        switch (event) {
          case AttemptStarted ignored -> Progress.NONE;
          case ProgressReported e -> e.progress();
          case TaskCompleted ignored ->
              new Progress(100, before.progress().message(), before.progress().step());
          case OutputReset ignored -> before.progress();
          case TaskSubmitted ignored -> before.progress();
          case LineLogged ignored -> before.progress();
          case ChunkEmitted ignored -> before.progress();
          case UsageRecorded ignored -> before.progress();
          case AttemptFailed ignored -> before.progress();
          case AttemptSnoozed ignored -> before.progress();
          case TaskRescued ignored -> before.progress();
          case TaskRetried ignored -> before.progress();
          case TaskFailed ignored -> before.progress();
          case TaskCancelled ignored -> before.progress();
        };
    int attempt =
        switch (event) {
          case AttemptStarted e -> e.attempt();
          // Without blame: the next attempt has the same number.
          case AttemptSnoozed ignored -> before.attempt() - 1;
          case OutputReset ignored -> before.attempt();
          case TaskSubmitted ignored -> before.attempt();
          case ProgressReported ignored -> before.attempt();
          case LineLogged ignored -> before.attempt();
          case ChunkEmitted ignored -> before.attempt();
          case UsageRecorded ignored -> before.attempt();
          case AttemptFailed ignored -> before.attempt();
          case TaskRescued ignored -> before.attempt();
          case TaskRetried ignored -> before.attempt();
          case TaskCompleted ignored -> before.attempt();
          case TaskFailed ignored -> before.attempt();
          case TaskCancelled ignored -> before.attempt();
        };
    int maxAttempts =
        event instanceof TaskRetried ? attempt + stored.attemptsPerRound() : before.maxAttempts();
    return new Activity(
        progress,
        attempt,
        maxAttempts,
        event instanceof UsageRecorded(var usage) ? before.usage().plus(usage) : before.usage(),
        before.lastEvent() + 1);
  }

  private static Timeline after(
      Timeline before, TaskEvent event, Instant at, @Nullable Instant expiresAt) {
    boolean first = before.startedAt() == null && event instanceof AttemptStarted;
    return new Timeline(before.createdAt(), first ? at : before.startedAt(), at, expiresAt);
  }

  private static Instant end(Instant at, Duration retention) {
    return at.plusMillis(Millis.of(retention));
  }
}
