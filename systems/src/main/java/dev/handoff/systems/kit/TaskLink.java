package dev.handoff.systems.kit;

import dev.handoff.Handoff;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.spring.web.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The link between a system's rows and the engine's tasks. Each system has words of its own for
/// the [Phase] of a task. Safe for use by many threads.
public record TaskLink(Handoff handoff) {
  /// Where a task is, in one word.
  public enum Phase {
    /// Nothing has happened yet.
    SUBMITTED,
    /// An attempt was lost with its node, or an operator had it tried again.
    REQUEUED,
    /// An attempt failed or was put off; the next one has its time.
    WAITING_TO_RETRY,
    PROCESSING,
    COMPLETED,
    FAILED,
    CANCELLED;

    public static Phase of(Task task) {
      return of(task.state());
    }

    public static Phase of(TaskState state) {
      return switch (state) {
        case TaskState.Queued(var _, TaskState.Waiting.Submitted _) -> SUBMITTED;
        case TaskState.Queued(var _, TaskState.Waiting.Rescued _) -> REQUEUED;
        case TaskState.Queued(var _, TaskState.Waiting.Retried _) -> REQUEUED;
        case TaskState.Queued(var _, TaskState.Waiting.ForRetry _) -> WAITING_TO_RETRY;
        case TaskState.Queued(var _, TaskState.Waiting.Snoozed _) -> WAITING_TO_RETRY;
        case TaskState.Processing _ -> PROCESSING;
        case TaskState.Completed _ -> COMPLETED;
        case TaskState.Failed _ -> FAILED;
        case TaskState.Cancelled _ -> CANCELLED;
      };
    }
  }

  /// A submission as this caller, in the caller's tenant.
  public static Submission by(Caller caller) {
    Submission submission = Submission.by(caller.owner());
    String tenant = caller.tenant();
    return tenant == null ? submission : submission.inTenant(tenant);
  }

  /// The task that a row names; nothing where it names none, or one that is forgotten.
  public Optional<Task> find(@Nullable String id) {
    return Optional.ofNullable(id).flatMap(TaskId::parse).flatMap(handoff::find);
  }
}
