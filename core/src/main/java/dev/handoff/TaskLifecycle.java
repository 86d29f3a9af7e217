package dev.handoff;

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
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskState.Waiting;
import java.time.Instant;

/// All state changes of a task, and nothing else: no clock, no I/O. docs/state-machine.md shows the
/// same as a diagram, and a test compares the two.
public final class TaskLifecycle {
  private TaskLifecycle() {}

  /// Returns the first state of a task.
  public static TaskState begin(TaskSubmitted event) {
    return new Queued(event.dueAt(), new Waiting.Submitted());
  }

  /// Returns the state after this event, which happened at this time.
  ///
  /// @throws IllegalTransitionException when the event cannot follow the state
  public static TaskState apply(TaskState state, TaskEvent event, Instant at) {
    return switch (state) {
      case Queued queued -> fromQueued(queued, event, at);
      case Processing processing -> fromProcessing(processing, event, at);
      // A cancelled or completed task stays as it is.
      case Failed ignored when event instanceof TaskRetried(Instant dueAt) ->
          new Queued(dueAt, new Waiting.Retried());
      case Completed ignored -> throw new IllegalTransitionException(state, event);
      case Failed ignored -> throw new IllegalTransitionException(state, event);
      case Cancelled ignored -> throw new IllegalTransitionException(state, event);
    };
  }

  private static TaskState fromQueued(Queued state, TaskEvent event, Instant at) {
    return switch (event) {
      case AttemptStarted e -> new Processing(e.lease(), e.attempt());
      case TaskCancelled e -> new Cancelled(e.reason(), at, e.code());
      // The result cache completes a task that was never claimed.
      case TaskCompleted e when state.waiting() instanceof Waiting.Submitted ->
          new Completed(e.result(), at);
      case OutputReset ignored -> throw new IllegalTransitionException(state, event);
      case TaskSubmitted ignored -> throw new IllegalTransitionException(state, event);
      case TaskCompleted ignored -> throw new IllegalTransitionException(state, event);
      case ProgressReported ignored -> throw new IllegalTransitionException(state, event);
      case LineLogged ignored -> throw new IllegalTransitionException(state, event);
      case ChunkEmitted ignored -> throw new IllegalTransitionException(state, event);
      case UsageRecorded ignored -> throw new IllegalTransitionException(state, event);
      case AttemptFailed ignored -> throw new IllegalTransitionException(state, event);
      case AttemptSnoozed ignored -> throw new IllegalTransitionException(state, event);
      case TaskRescued ignored -> throw new IllegalTransitionException(state, event);
      case TaskRetried ignored -> throw new IllegalTransitionException(state, event);
      case TaskFailed ignored -> throw new IllegalTransitionException(state, event);
    };
  }

  private static TaskState fromProcessing(Processing state, TaskEvent event, Instant at) {
    return switch (event) {
      case ProgressReported ignored -> state;
      case LineLogged ignored -> state;
      case ChunkEmitted ignored -> state;
      case UsageRecorded ignored -> state;
      case OutputReset ignored -> state;
      case AttemptFailed e -> new Queued(e.retryAt(), new Waiting.ForRetry(e.failure()));
      case AttemptSnoozed e -> new Queued(e.until(), new Waiting.Snoozed(e.message()));
      case TaskRescued e -> new Queued(e.dueAt(), new Waiting.Rescued());
      case TaskCompleted e -> new Completed(e.result(), at);
      case TaskFailed e -> new Failed(e.failure(), at);
      case TaskCancelled e -> new Cancelled(e.reason(), at, e.code());
      case TaskSubmitted ignored -> throw new IllegalTransitionException(state, event);
      case AttemptStarted ignored -> throw new IllegalTransitionException(state, event);
      case TaskRetried ignored -> throw new IllegalTransitionException(state, event);
    };
  }
}
