package dev.handoff.jdbc;

import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Queued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What events make of a task as it was read: how it is afterwards, and how they are numbered.
record Change(StoredTask before, StoredTask after, List<LoggedEvent> events) {
  /// All of it happens now. Times are as precise as the store keeps them, so that what listeners
  /// are told equals what is read later.
  static Change of(StoredTask before, List<TaskEvent> events, Instant now) {
    Task task = before.task();
    long fence = before.fence();
    List<LoggedEvent> logged = new ArrayList<>(events.size());
    for (TaskEvent event : events) {
      TaskEvent truncated = EventTable.truncated(event);
      task = TaskFold.apply(task, truncated, now, before.retention());
      logged.add(new LoggedEvent(task.activity().lastEvent(), now, truncated));
      if (event instanceof AttemptStarted(int _, Lease lease)) {
        fence = lease.fence();
      }
    }
    return new Change(before, new StoredTask(task, fence, before.retention()), logged);
  }

  TaskId task() {
    return before.task().id();
  }

  void announce(Announcements announcements) {
    announcements.events(task(), events);
    if (after.task().state() instanceof Queued(Instant dueAt, var _)) {
      announcements.work(dueAt);
    }
  }
}
