package dev.handoff.testing;

import dev.handoff.LoggedEvent;
import dev.handoff.Progress;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskEvent.UsageRecorded;
import dev.handoff.TaskState;
import dev.handoff.TaskState.Waiting;
import dev.handoff.Usage;
import dev.handoff.store.NewTask;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The task that a log of events amounts to. Written a second time on purpose, with nothing of the
/// stores' own code, so that the two can be compared.
final class Replay {
  private final NewTask given;
  private final Instant createdAt;
  private TaskState state;
  private Progress progress = Progress.NONE;
  private int attempt;
  private int maxAttempts;
  private Usage usage = Usage.NONE;
  private @Nullable Instant startedAt;
  private Instant updatedAt;
  private long last;

  private Replay(NewTask given, Instant createdAt, Instant dueAt) {
    this.given = given;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    this.maxAttempts = given.terms().maxAttempts();
    this.state = new TaskState.Queued(dueAt, new Waiting.Submitted());
  }

  /// The task after these events, the first of which is the submit.
  static Task of(NewTask given, List<LoggedEvent> events) {
    Replay replay =
        new Replay(
            given, millis(given.createdAt()), ((TaskSubmitted) events.getFirst().event()).dueAt());
    events.forEach(replay::apply);
    return replay.task();
  }

  static Instant millis(Instant time) {
    return Instant.ofEpochMilli(time.toEpochMilli());
  }

  private void apply(LoggedEvent logged) {
    if (logged.seq() != last + 1) {
      throw new AssertionError("after event " + last + " came " + logged);
    }
    boolean retried = state instanceof TaskState.Failed && logged.event() instanceof TaskRetried;
    if (state.isTerminal() && !retried) {
      throw new AssertionError("after the end came " + logged);
    }
    last = logged.seq();
    updatedAt = logged.at();
    switch (logged.event()) {
      case TaskSubmitted _, LineLogged _, ChunkEmitted _ -> {}
      case AttemptStarted e -> {
        state = new TaskState.Processing(e.lease(), e.attempt());
        attempt = e.attempt();
        progress = Progress.NONE;
        startedAt = startedAt == null ? logged.at() : startedAt;
      }
      case ProgressReported e -> progress = e.progress();
      case UsageRecorded e -> usage = usage.plus(e.usage());
      case AttemptFailed e ->
          state = new TaskState.Queued(e.retryAt(), new Waiting.ForRetry(e.failure()));
      case AttemptSnoozed e -> {
        state = new TaskState.Queued(e.until(), new Waiting.Snoozed(e.message()));
        attempt--;
      }
      case TaskRetried e -> {
        state = new TaskState.Queued(e.dueAt(), new Waiting.Retried());
        maxAttempts = attempt + given.terms().maxAttempts();
      }
      case TaskRescued e -> state = new TaskState.Queued(e.dueAt(), new Waiting.Rescued());
      case TaskCompleted e -> {
        state = new TaskState.Completed(e.result(), logged.at());
        progress = new Progress(100, progress.message(), progress.step());
      }
      case TaskFailed e -> state = new TaskState.Failed(e.failure(), logged.at());
      case TaskCancelled e -> state = new TaskState.Cancelled(e.reason(), logged.at());
    }
  }

  private Task task() {
    return new Task(
        given.id(),
        given.type(),
        given.submission(),
        state,
        new Task.Activity(progress, attempt, maxAttempts, usage, last),
        new Task.Timeline(
            createdAt,
            startedAt,
            updatedAt,
            state.isTerminal() ? updatedAt.plus(given.terms().retention()) : null));
  }
}
