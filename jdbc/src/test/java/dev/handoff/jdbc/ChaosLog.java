package dev.handoff.jdbc;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What must be true of the events of one task, taken in their order. Chunks carry the number of
/// their attempt and their own: one attempt writes at a time, nothing of it is missing before what
/// came later, and nothing is there twice.
final class ChaosLog {
  private final TaskId task;
  private final List<String> wrong = new ArrayList<>();
  private final Map<Integer, Instant> dues = new HashMap<>();
  private final List<AttemptFailed> failures = new ArrayList<>();
  private Instant due = Instant.MIN;
  private int attempt;
  private int attempts;
  private int snoozes;
  private int retries;
  private int roundBegan;
  private int longestRound;
  private long fence;
  private int chunk;
  private int percent;

  ChaosLog(TaskId task) {
    this.task = task;
  }

  void add(LoggedEvent line) {
    switch (line.event()) {
      case TaskSubmitted submitted -> due = submitted.dueAt();
      case AttemptStarted started -> start(started, line);
      case AttemptFailed failed -> {
        due = failed.retryAt();
        failures.add(failed);
      }
      case TaskRescued rescued -> due = rescued.dueAt();
      case AttemptSnoozed snoozed -> {
        due = snoozed.until();
        attempt--;
        snoozes++;
      }
      case TaskRetried retried -> {
        due = retried.dueAt();
        roundBegan = attempt;
        retries++;
      }
      case ChunkEmitted(String text) -> {
        if (!text.equals(attempt + " " + chunk++)) {
          wrong.add("chunk: " + task + " " + line + " in attempt " + attempt);
        }
      }
      case ProgressReported reported -> {
        if (reported.progress().percent() < percent) {
          wrong.add("progress: " + task + " " + line);
        }
        percent = reported.progress().percent();
      }
      default -> {}
    }
  }

  private void start(AttemptStarted started, LoggedEvent line) {
    if (started.lease().fence() <= fence || started.attempt() != attempt + 1) {
      wrong.add("order of attempts: " + task + " " + line);
    }
    dues.merge(started.attempt(), due, (a, b) -> a.isBefore(b) ? a : b);
    fence = started.lease().fence();
    attempt = started.attempt();
    attempts = Math.max(attempts, attempt);
    longestRound = Math.max(longestRound, attempt - roundBegan);
    chunk = 0;
    percent = 0;
  }

  List<String> wrong() {
    return wrong;
  }

  /// The attempts that were started, and when each was due; the first time, if it was snoozed.
  Map<Integer, Instant> dues() {
    return dues;
  }

  /// The highest of them.
  int attempts() {
    return attempts;
  }

  /// The most that there were between two retries by hand.
  int longestRound() {
    return longestRound;
  }

  /// The attempts that failed and were followed by another one.
  List<AttemptFailed> failures() {
    return failures;
  }

  /// How many chunks the last attempt put out.
  int chunks() {
    return chunk;
  }

  int snoozes() {
    return snoozes;
  }

  /// Retries by hand.
  int retries() {
    return retries;
  }
}
