package dev.handoff.jdbc.sqlite;

import dev.handoff.Task;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.Change;
import dev.handoff.jdbc.row.QueueKey;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Queues failed tasks again.
public final class TaskRetries {
  private static final String SELECT_FAILED =
      "select * from handoff_task where id = :id and state = 'failed' and expires_at > :now";

  /// The task gets a new turn: a thousand retries of one tenant do not overtake all other tasks.
  private static final String RETRY =
      """
      update handoff_task set
        state = 'queued', ready = 1, fair_start = :fair_start, due_at = :now, waiting = 'retried',
        message = null, failure_kind = null, max_attempts = :max_attempts,
        tried_before = :tried_before, retried_at = :now, updated_at = :now, finished_at = null,
        expires_at = null, last_seq = :last_seq,
        announce = case when announce is not null then 1 end
      where id = :id and not exists (
        select 1 from handoff_task o
        where o.join_key = handoff_task.join_key and o.state in ('queued', 'processing'))
      """;

  private final FairShare fairShare;

  public TaskRetries(FairShare fairShare) {
    this.fairShare = fairShare;
  }

  /// Queues a failed task again.
  ///
  /// @return whether it had failed, and no open task has its join key
  public boolean retry(WriteTransaction writing, TaskId id) throws SQLException {
    Optional<StoredTask> failed =
        writing
            .session()
            .sql(SELECT_FAILED)
            .set("id", id.toString())
            .set("now", writing.now())
            .first(TaskRows::storedTask);
    if (failed.isEmpty()) {
      return false;
    }
    Change change = Change.of(failed.get(), List.of(new TaskRetried(writing.now())), writing.now());
    if (!update(writing, change)) {
      return false;
    }
    EventTable.append(writing.session(), id, change.events());
    change.announce(writing.announcements());
    return true;
  }

  private boolean update(WriteTransaction writing, Change change) throws SQLException {
    Task after = change.after().task();
    long turn =
        fairShare.next(QueueKey.of(after.type(), after.submission()), after.submission().tenant());
    return writing
            .session()
            .sql(RETRY)
            .set("id", after.id().toString())
            .set("fair_start", turn)
            .set("max_attempts", after.activity().maxAttempts())
            .set("tried_before", change.after().round().attemptsBefore())
            .set("last_seq", after.activity().lastEvent())
            .set("now", writing.now())
            .update()
        == 1;
  }
}
