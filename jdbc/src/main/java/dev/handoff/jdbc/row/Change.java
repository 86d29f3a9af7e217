package dev.handoff.jdbc.row;

import dev.handoff.LoggedEvent;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.jdbc.sql.Millis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A task before and after some events, and the numbered events.
public record Change(StoredTask before, StoredTask after, List<LoggedEvent> events) {
  /// Applies the events at `now`. Times are truncated to what the store keeps, so that listeners
  /// hear what is read later.
  public static Change of(StoredTask before, List<TaskEvent> events, Instant now) {
    StoredTask after = before;
    List<LoggedEvent> logged = new ArrayList<>(events.size());
    for (TaskEvent event : events) {
      TaskEvent truncated = truncated(event);
      after = TaskFold.apply(after, truncated, now);
      logged.add(new LoggedEvent(after.task().activity().lastEvent(), now, truncated));
    }
    return new Change(before, after, logged);
  }

  public TaskId task() {
    return before.task().id();
  }

  public void announce(Announcements announcements) {
    announcements.events(task(), events);
    announceGates(announcements);
    if (after.task().state() instanceof Queued(Instant dueAt, var ignored)) {
      announcements.work(dueAt);
    } else if (after.isToBeAnnounced()) {
      announcements.end();
    }
  }

  private void announceGates(Announcements announcements) {
    Task task = after.task();
    if (task.submission().gates().isEmpty()) {
      return;
    }
    if (before.task().state() instanceof Processing && !(task.state() instanceof Processing)) {
      announcements.freed(task.submission().gates(), task.timeline().updatedAt());
    }
    if (task.state() instanceof Queued) {
      announcements.gated(new GatedLine(task.type(), GatedLine.text(task.submission().gates())));
    }
  }

  private static TaskEvent truncated(TaskEvent event) {
    return switch (event) {
      case TaskSubmitted e -> new TaskSubmitted(Millis.truncated(e.dueAt()));
      case AttemptFailed e ->
          new AttemptFailed(e.attempt(), e.failure(), Millis.truncated(e.retryAt()));
      case AttemptSnoozed e -> new AttemptSnoozed(Millis.truncated(e.until()), e.message());
      case TaskRescued e -> new TaskRescued(e.attempt(), Millis.truncated(e.dueAt()));
      case TaskRetried e -> new TaskRetried(Millis.truncated(e.dueAt()));
      case TaskEvent.OutputReset ignored -> event;
      case TaskEvent.AttemptStarted ignored -> event;
      case TaskEvent.ProgressReported ignored -> event;
      case TaskEvent.LineLogged ignored -> event;
      case TaskEvent.ChunkEmitted ignored -> event;
      case TaskEvent.UsageRecorded ignored -> event;
      case TaskEvent.TaskCompleted ignored -> event;
      case TaskEvent.TaskFailed ignored -> event;
      case TaskEvent.TaskCancelled ignored -> event;
    };
  }
}
