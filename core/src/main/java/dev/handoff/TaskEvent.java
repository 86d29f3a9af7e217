package dev.handoff;

import java.time.Instant;

/// One thing that happened to a task. Applied in order by [TaskLifecycle], a task's events give its
/// stored state.
public sealed interface TaskEvent {
  /// A task came into being.
  record TaskSubmitted(Instant dueAt) implements TaskEvent {}

  /// A node claimed it; the number counts from 1, and a snooze gives it back.
  record AttemptStarted(int attempt, Lease lease) implements TaskEvent {}

  /// The handler said how far it is.
  record ProgressReported(Progress progress) implements TaskEvent {}

  /// The handler wrote a line for the person waiting.
  record LineLogged(LogLevel level, String text) implements TaskEvent {
    /// The longest line, in characters. A longer one is cut.
    public static final int LIMIT = 4_000;

    /// Cuts a line that is over [#LIMIT].
    public LineLogged {
      text = Texts.cut(text, LIMIT);
    }
  }

  /// The handler put out a piece of its answer.
  record ChunkEmitted(String text) implements TaskEvent {
    /// Replaces what is no character.
    public ChunkEmitted {
      text = Texts.wellFormed(text);
    }
  }

  /// The handler took back what this attempt has put out so far: whoever shows the chunks clears
  /// them, as at the start of an attempt.
  record OutputReset() implements TaskEvent {}

  /// The handler used a model.
  record UsageRecorded(Usage usage) implements TaskEvent {}

  /// The attempt failed, and another one follows at the given time.
  record AttemptFailed(int attempt, Failure failure, Instant retryAt) implements TaskEvent {}

  /// The attempt ended without blame, to be taken up again at the given time under the same number.
  record AttemptSnoozed(Instant until, String message) implements TaskEvent {
    /// Cuts a message that is over [Failure#MESSAGE_LIMIT].
    public AttemptSnoozed {
      message = Texts.cut(message, Failure.MESSAGE_LIMIT);
    }
  }

  /// The node died; the attempt counts.
  record TaskRescued(int attempt, Instant dueAt) implements TaskEvent {}

  /// Somebody asked to have a failed task tried again: it is due at the given time, and the
  /// attempts it was submitted with are granted anew.
  record TaskRetried(Instant dueAt) implements TaskEvent {}

  /// The handler returned its result, or the result cache had it.
  record TaskCompleted(Payload result) implements TaskEvent {}

  /// The task failed: no further attempt follows unless it is retried by hand.
  record TaskFailed(Failure failure) implements TaskEvent {}

  /// The task was cancelled: by a call, by its handler, or for what the code says.
  record TaskCancelled(String reason, CancelCode code) implements TaskEvent {
    /// What the person who waits reads of a task that was not started in time.
    private static final String NOT_STARTED = "It was not started in time.";

    /// Cuts a reason that is over [Failure#MESSAGE_LIMIT].
    public TaskCancelled {
      reason = Texts.cut(reason, Failure.MESSAGE_LIMIT);
    }

    /// Cancelled by a call or by its handler.
    public TaskCancelled(String reason) {
      this(reason, CancelCode.REQUESTED);
    }

    /// Cancelled because it was not started in time.
    public static TaskCancelled tooLate() {
      return new TaskCancelled(NOT_STARTED, CancelCode.TOO_LATE);
    }

    /// Cancelled because this newer task took its place.
    public static TaskCancelled replacedBy(TaskId newer) {
      return new TaskCancelled("It was replaced by task " + newer + ".", CancelCode.REPLACED);
    }
  }

  /// Whether it ends the task. Nothing follows, but that a failed task may be retried.
  default boolean isTerminal() {
    return switch (this) {
      case TaskCompleted ignored -> true;
      case TaskFailed ignored -> true;
      case TaskCancelled ignored -> true;
      case OutputReset ignored -> false;
      case TaskSubmitted ignored -> false;
      case AttemptStarted ignored -> false;
      case ProgressReported ignored -> false;
      case LineLogged ignored -> false;
      case ChunkEmitted ignored -> false;
      case UsageRecorded ignored -> false;
      case AttemptFailed ignored -> false;
      case AttemptSnoozed ignored -> false;
      case TaskRescued ignored -> false;
      case TaskRetried ignored -> false;
    };
  }
}
