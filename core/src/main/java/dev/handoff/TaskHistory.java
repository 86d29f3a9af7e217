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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task with what happened to it, for an operator.
///
/// @param attempts the first one first
public record TaskHistory(Task task, List<AttemptEntry> attempts) {
  private static final Failure LOST =
      new Failure(FailureKind.LOST, "The node that ran it died or lost its lease.");

  public TaskHistory {
    attempts = List.copyOf(attempts);
  }

  /// Tells attempts from the events of a log, in their order.
  static final class AttemptReading {
    private final List<AttemptEntry> attempts = new ArrayList<>();

    void read(LoggedEvent logged) {
      Instant at = logged.at();
      switch (logged.event()) {
        case AttemptStarted(int attempt, Lease lease) ->
            attempts.add(new AttemptEntry(attempt, lease.node(), at, null, null));
        case AttemptFailed failed -> end(at, failed.failure());
        case TaskFailed failed -> end(at, failed.failure());
        case TaskRescued ignored -> end(at, LOST);
        case AttemptSnoozed ignored -> end(at, null);
        case TaskCompleted ignored -> end(at, null);
        case TaskCancelled ignored -> end(at, null);
        case TaskSubmitted ignored -> {}
        case TaskRetried ignored -> {}
        case ProgressReported ignored -> {}
        case LineLogged ignored -> {}
        case ChunkEmitted ignored -> {}
        case OutputReset ignored -> {}
        case UsageRecorded ignored -> {}
      }
    }

    // A waiting task that fails or is cancelled has no attempt to end.
    private void end(Instant at, @Nullable Failure why) {
      if (!attempts.isEmpty() && attempts.getLast().endedAt() == null) {
        attempts.set(attempts.size() - 1, attempts.getLast().endedAt(at, why));
      }
    }

    List<AttemptEntry> attempts() {
      return attempts;
    }
  }
}
