package dev.handoff.jdbc;

import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Queued;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes what happened to a task: the events, and the row that follows from them.
final class Appends {
  private static final String INSERT_STEP =
      """
      insert into handoff_step (task_id, name, value, at) values (:id, :name, :value, :at)
      on conflict (task_id, name) do nothing
      """;

  private Appends() {}

  /// Appends what an attempt reports.
  ///
  /// @return whether the lease still held
  static boolean append(
      Writing writing, Lease lease, List<TaskEvent> events, List<SqlEffect> effects)
      throws SQLException {
    Session session = writing.session();
    Optional<StoredTask> held = TaskTable.held(session, lease);
    if (held.isEmpty()) {
      return false;
    }
    for (SqlEffect effect : effects) {
      effect.apply(EffectConnection.of(session.connection()));
    }
    return events.isEmpty() || apply(writing, held.get(), events);
  }

  /// Appends events to a task that was just read in this transaction.
  ///
  /// @return whether it was still as it was read
  static boolean apply(Writing writing, StoredTask before, List<TaskEvent> events)
      throws SQLException {
    Session session = writing.session();
    Instant now = writing.now();
    Announcements announcements = writing.announcements();
    List<TaskEvent> truncated = events.stream().map(EventTable::truncated).toList();
    StoredTask after = fold(before, truncated, now);
    if (!TaskTable.update(session, before, after, now)) {
      return false;
    }
    TaskId id = before.task().id();
    long first = before.task().activity().lastEvent() + 1;
    List<LoggedEvent> logged = EventTable.append(writing, id, first, truncated);
    announcements.events(id, logged);
    if (after.task().state() instanceof Queued) {
      announcements.work();
    }
    return true;
  }

  private static StoredTask fold(StoredTask before, List<TaskEvent> events, Instant now) {
    Task task = before.task();
    long fence = before.fence();
    for (TaskEvent event : events) {
      task = TaskFold.apply(task, event, now, before.retention());
      if (event instanceof AttemptStarted(int _, Lease lease)) {
        fence = lease.fence();
      }
    }
    return new StoredTask(task, fence, before.retention());
  }

  /// Ends an open task.
  ///
  /// @return whether it was open
  static boolean cancel(Writing writing, TaskId id, String reason) throws SQLException {
    Session session = writing.session();
    Optional<StoredTask> open = TaskTable.open(session, id);
    return open.isPresent() && apply(writing, open.get(), List.of(new TaskCancelled(reason)));
  }

  /// Remembers the value of a step; the first one stays.
  ///
  /// @return whether the lease still held
  static boolean saveStep(Writing writing, Lease lease, String name, Payload value)
      throws SQLException {
    Session session = writing.session();
    if (TaskTable.held(session, lease).isEmpty()) {
      return false;
    }
    session
        .sql(INSERT_STEP)
        .set("id", lease.task().toString())
        .set("name", name)
        .set("value", value.text())
        .set("at", writing.now())
        .update();
    return true;
  }
}
