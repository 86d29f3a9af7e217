package dev.handoff.testing.store;

import dev.handoff.LoggedEvent;
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
import dev.handoff.TaskState;
import dev.handoff.TaskState.Waiting;
import dev.handoff.Usage;
import dev.handoff.store.NewTask;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The task that a log of events amounts to. Written a second time on purpose, with nothing of the
/// SQL stores' own code, so that the two can be compared.
public final class Replay {
  private Replay() {}

  /// The task after these events, the first of which is the submit.
  public static Task of(NewTask given, List<LoggedEvent> events) {
    Task task = begin(given, events.getFirst());
    for (LoggedEvent logged : events.subList(1, events.size())) {
      task = after(given, task, logged);
    }
    return task;
  }

  static Instant millis(Instant time) {
    return Instant.ofEpochMilli(time.toEpochMilli());
  }

  /// The task that this event submits.
  public static Task begin(NewTask given, LoggedEvent submitted) {
    if (submitted.seq() != 1 || !(submitted.event() instanceof TaskSubmitted(Instant dueAt))) {
      throw new AssertionError("a log begins with " + submitted);
    }
    return new Task(
        given.id(),
        given.type(),
        given.submission(),
        new TaskState.Queued(dueAt, new Waiting.Submitted()),
        new Activity(Progress.NONE, 0, given.policy().maxAttempts(), Usage.NONE, 1),
        new Timeline(millis(given.createdAt()), null, submitted.at(), null));
  }

  /// The task after one event more.
  public static Task after(NewTask given, Task before, LoggedEvent logged) {
    TaskEvent event = logged.event();
    Activity was = before.activity();
    boolean retried = event instanceof TaskRetried;
    if (logged.seq() != was.lastEvent() + 1) {
      throw new AssertionError("after event " + was.lastEvent() + " came " + logged);
    }
    if (before.isTerminal() && !(retried && before.state() instanceof TaskState.Failed)) {
      throw new AssertionError("after the end came " + logged);
    }
    TaskState state = state(before.state(), event, logged.at());
    return new Task(
        given.id(),
        given.type(),
        given.submission(),
        state,
        new Activity(
            progress(was.progress(), event),
            attempt(was.attempt(), event),
            retried ? was.attempt() + given.policy().maxAttempts() : was.maxAttempts(),
            event instanceof UsageRecorded e ? was.usage().plus(e.usage()) : was.usage(),
            logged.seq()),
        new Timeline(
            before.timeline().createdAt(),
            startedAt(before.timeline().startedAt(), logged),
            logged.at(),
            state.isTerminal() ? logged.at().plus(given.policy().retention()) : null));
  }

  private static TaskState state(TaskState before, TaskEvent event, Instant at) {
    return switch (event) {
      case TaskSubmitted ignored -> before;
      case ProgressReported ignored -> before;
      case LineLogged ignored -> before;
      case ChunkEmitted ignored -> before;
      case UsageRecorded ignored -> before;
      case OutputReset ignored -> before;
      case AttemptStarted e -> new TaskState.Processing(e.lease(), e.attempt());
      case AttemptFailed e -> new TaskState.Queued(e.retryAt(), new Waiting.ForRetry(e.failure()));
      case AttemptSnoozed e -> new TaskState.Queued(e.until(), new Waiting.Snoozed(e.message()));
      case TaskRetried e -> new TaskState.Queued(e.dueAt(), new Waiting.Retried());
      case TaskRescued e -> new TaskState.Queued(e.dueAt(), new Waiting.Rescued());
      case TaskCompleted e -> new TaskState.Completed(e.result(), at);
      case TaskFailed e -> new TaskState.Failed(e.failure(), at);
      case TaskCancelled e -> new TaskState.Cancelled(e.reason(), at, e.code());
    };
  }

  private static Progress progress(Progress before, TaskEvent event) {
    if (event instanceof ProgressReported e) {
      return e.progress();
    }
    if (event instanceof TaskCompleted) {
      return new Progress(100, before.message(), before.step());
    }
    return event instanceof AttemptStarted ? Progress.NONE : before;
  }

  private static int attempt(int before, TaskEvent event) {
    if (event instanceof AttemptStarted e) {
      return e.attempt();
    }
    return event instanceof AttemptSnoozed ? before - 1 : before;
  }

  private static @Nullable Instant startedAt(@Nullable Instant before, LoggedEvent logged) {
    return before == null && logged.event() instanceof AttemptStarted ? logged.at() : before;
  }
}
