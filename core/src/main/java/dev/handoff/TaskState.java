package dev.handoff;

import java.time.Instant;

/// Where a task is in its life. Each state carries exactly the facts that are true in it; the moves
/// between them are in [TaskLifecycle].
public sealed interface TaskState {
  /// Waits until it is due and a slot is free.
  record Queued(Instant dueAt, Waiting waiting) implements TaskState {}

  /// One attempt runs, under this lease.
  record Processing(Lease lease, int attempt) implements TaskState {}

  /// Completed: the handler returned this result.
  record Completed(Payload result, Instant at) implements TaskState {}

  /// Ended badly: no attempts left, or a failure that another attempt would not change.
  record Failed(Failure failure, Instant at) implements TaskState {}

  /// Cancelled: by a call, by the handler itself, or for what the code says.
  record Cancelled(String reason, Instant at, CancelCode code) implements TaskState {
    /// Cancelled by a call or by the handler itself.
    public Cancelled(String reason, Instant at) {
      this(reason, at, CancelCode.REQUESTED);
    }
  }

  /// Why a queued task waits.
  sealed interface Waiting {
    /// It was submitted and has not been tried.
    record Submitted() implements Waiting {}

    /// An attempt failed and another one follows.
    record ForRetry(Failure last) implements Waiting {}

    /// An attempt asked for more time without blame; the message is for the person waiting.
    record Snoozed(String message) implements Waiting {}

    /// The node that ran it died.
    record Rescued() implements Waiting {}

    /// It had failed and was retried by hand.
    record Retried() implements Waiting {}
  }

  /// Whether the task has ended. Of these only a failed one can be taken up again.
  default boolean isTerminal() {
    return switch (this) {
      case Queued ignored -> false;
      case Processing ignored -> false;
      case Completed ignored -> true;
      case Failed ignored -> true;
      case Cancelled ignored -> true;
    };
  }

  /// The word on the wire and in the store: `queued`, `processing`, `completed`, `failed`,
  /// `cancelled`.
  default String word() {
    return switch (this) {
      case Queued ignored -> "queued";
      case Processing ignored -> "processing";
      case Completed ignored -> "completed";
      case Failed ignored -> "failed";
      case Cancelled ignored -> "cancelled";
    };
  }
}
