package dev.handoff.jdbc.postgres;

import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Queued;
import dev.handoff.jdbc.row.Change;
import dev.handoff.jdbc.row.JoinCandidate;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.NewTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Stored tasks whose join key new ones take: those that go on without it, and those that are
/// replaced, each with the new one. What changed meanwhile keeps its key, and the insert of the new
/// task meets it.
record TakenKeys(Set<TaskId> released, Map<TaskId, TaskId> replaced) {
  /// Removes the join key, so that equal tasks join another one. A task that could be replaced
  /// keeps its key unless it runs.
  private static final String RELEASE_KEYS =
      """
      update handoff_task set join_key = null
      where id = any(array(select unnest(cast(:ids as uuid[]))))
        and case when left(join_key, 4) = 'new:' then state = 'processing'
          else state = 'queued' or expires_at <= :now end
        and\
      """
          + PostgresRows.PATIENCE;

  static TakenKeys none() {
    return new TakenKeys(new HashSet<>(), new HashMap<>());
  }

  /// Adds a stored task whose key this new one takes.
  void add(JoinCandidate stored, NewTask task) {
    if (task.equality().replaces() && stored.waits()) {
      replaced.put(stored.id(), task.id());
    } else {
      released.add(stored.id());
    }
  }

  /// Frees the keys. Needs a transaction with the insert if tasks are replaced.
  void release(WriteTransaction writing) throws SQLException {
    SqlSession session = writing.session();
    if (!released.isEmpty()) {
      session
          .sql(RELEASE_KEYS)
          .setTexts("ids", released.stream().map(TaskId::toString).sorted().toList())
          .set("now", writing.now())
          .set("lock_timeout", session.lockTimeout())
          .update();
    }
    if (!replaced.isEmpty()) {
      replace(writing);
    }
  }

  private void replace(WriteTransaction writing) throws SQLException {
    List<Change> changes = new ArrayList<>();
    for (StoredTask before : TaskReads.open(writing.session(), replaced.keySet()).values()) {
      TaskId newer = Objects.requireNonNull(replaced.get(before.task().id()));
      if (before.task().state() instanceof Queued) {
        changes.add(Change.of(before, List.of(TaskCancelled.replacedBy(newer)), writing.now()));
      }
    }
    if (changes.isEmpty()) {
      return;
    }
    Set<TaskId> moved = PostgresRows.move(writing.session(), changes, writing.now());
    changes.stream()
        .filter(change -> moved.contains(change.task()))
        .forEach(change -> change.announce(writing.announcements()));
  }
}
