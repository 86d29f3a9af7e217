package dev.handoff.jdbc.sqlite;

import dev.handoff.Lease;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.Change;
import dev.handoff.jdbc.row.EffectConnection;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.ConnectionEffect;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Writes events of tasks, and the rows that follow from them.
public final class TaskWrites {
  private static final String INSERT_STEP =
      """
      insert into handoff_step (task_id, name, value, at) values (:id, :name, :value, :at)
      on conflict (task_id, name) do nothing
      """;

  /// Keeps the result from equal tasks.
  private static final String REMOVE_CACHE_KEY =
      "update handoff_task set cache_key = null where id = :id and cache_key is not null";

  private TaskWrites() {}

  /// Appends events of an attempt.
  ///
  /// @return whether the lease still held
  public static boolean append(
      WriteTransaction writing, Lease lease, List<TaskEvent> events, List<ConnectionEffect> effects)
      throws SQLException {
    SqlSession session = writing.session();
    Optional<StoredTask> held = TaskTable.held(session, lease);
    if (held.isEmpty()) {
      return false;
    }
    if (!effects.isEmpty()) {
      EffectConnection.apply(effects, session.connection());
      session.sql(REMOVE_CACHE_KEY).set("id", lease.task().toString()).update();
    }
    return events.isEmpty() || apply(writing, held.get(), events);
  }

  /// Appends events to a task that was read in this transaction.
  ///
  /// @return whether the row was still as it was read
  static boolean apply(WriteTransaction writing, StoredTask before, List<TaskEvent> events)
      throws SQLException {
    Change change = Change.of(before, events, writing.now());
    if (!TaskTable.update(writing.session(), before, change.after(), writing.now())) {
      return false;
    }
    EventTable.append(writing.session(), change.task(), change.events());
    change.announce(writing.announcements());
    return true;
  }

  /// Cancels an open task.
  ///
  /// @return the task before, if it was open
  public static Optional<Task> cancel(WriteTransaction writing, TaskId id, String reason)
      throws SQLException {
    SqlSession session = writing.session();
    Optional<StoredTask> open = TaskTable.open(session, id);
    return open.isPresent() && apply(writing, open.get(), List.of(new TaskCancelled(reason)))
        ? open.map(StoredTask::task)
        : Optional.empty();
  }

  /// Stores the result of a step; a stored result stays.
  ///
  /// @return whether the lease still held
  public static boolean saveStep(WriteTransaction writing, Lease lease, String name, Payload value)
      throws SQLException {
    SqlSession session = writing.session();
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
