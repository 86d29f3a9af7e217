package dev.handoff.jdbc.postgres;

import dev.handoff.LoggedEvent;
import dev.handoff.Task;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.Change;
import dev.handoff.jdbc.row.EventJson;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Retries one failed task: a read and a guarded write. If the answer of the commit is lost, the
/// retry runs again and looks for its event. Confined to one thread.
public final class PostgresRetry {
  private static final String SELECT_FAILED =
      """
      select * from handoff_task
      where id = cast(:id as uuid) and state = 'failed' and expires_at > :now
      """;

  /// The task gets a new turn: a thousand retries of one tenant do not overtake all other tasks.
  /// The number of the last event guards the row.
  private static final String RETRY =
      """
      with retried as (
        update handoff_task t set
          state = 'queued', ready = true, fair_start = %s, due_at = :now,
          waiting = 'retried', message = null, failure_kind = null, max_attempts = :max_attempts,
          tried_before = :tried_before, retried_at = :now, updated_at = :now, finished_at = null,
          expires_at = null, last_seq = :last_seq,
          announce = case when t.announce is not null then true end
        where t.id = cast(:id as uuid) and t.state = 'failed' and t.last_seq = :from_seq
          and not exists (
            select from handoff_task o
            where o.join_key = t.join_key and o.state in ('queued', 'processing'))
          and\
      """
              .formatted(PostgresTurns.ONLY_START)
          + PostgresRows.PATIENCE
          + """
            returning t.id
          )
          insert into handoff_event (task_id, seq, at, body)
          select id, :last_seq, :now, :body from retried
          """;

  private static final String SELECT_EVENT =
      """
      select 1 from handoff_event
      where task_id = cast(:id as uuid) and seq = :seq and at = :at and body = :body
      """;

  /// The longest wait for a row that another transaction has locked.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String NOT_UNIQUE = "23505";

  private final TaskId task;
  private final PostgresTurns turns;
  private @Nullable Change given;

  public PostgresRetry(TaskId task, PostgresTurns turns) {
    this.task = task;
    this.turns = turns;
  }

  /// Runs a retry, and tells of it after its commit.
  ///
  /// @return whether it was queued again
  public static boolean retry(
      PostgresConnections connections,
      Consumer<Announcements> tell,
      PostgresRetry retry,
      Instant now) {
    Announcements announcements = new Announcements();
    boolean retried =
        connections.use(session ->
            session.waitingAtMost(
                PATIENCE, () -> retry.run(new WriteTransaction(session, now, announcements))));
    tell.accept(announcements);
    return retried;
  }

  /// Queues the task again.
  ///
  /// @return whether it had failed, and no open task has its join key
  public boolean run(WriteTransaction writing) throws SQLException {
    Change before = given;
    if (before != null && isThere(writing.session(), before)) {
      before.announce(writing.announcements());
      return true;
    }
    Optional<StoredTask> failed =
        writing
            .session()
            .sql(SELECT_FAILED)
            .set("id", task.toString())
            .set("now", writing.now())
            .first(TaskRows::storedTask);
    if (failed.isEmpty()) {
      return false;
    }
    Change change = Change.of(failed.get(), List.of(new TaskRetried(writing.now())), writing.now());
    given = change;
    boolean made = write(writing, change);
    if (made) {
      change.announce(writing.announcements());
    }
    return made;
  }

  private boolean write(WriteTransaction writing, Change change) throws SQLException {
    Task after = change.after().task();
    PostgresTurns.TurnBatch batch = turns.batch();
    var ignored = batch.next(PostgresTurns.TurnRequest.of(after));
    try {
      BoundStatement retry =
          writing
              .session()
              .sql(RETRY)
              .set("id", task.toString())
              .set("from_seq", change.before().task().activity().lastEvent())
              .set("max_attempts", after.activity().maxAttempts())
              .set("tried_before", change.after().round().attemptsBefore())
              .set("last_seq", after.activity().lastEvent())
              .set("body", EventJson.write(change.events().getLast().event()))
              .set("now", writing.now())
              .set("lock_timeout", writing.session().lockTimeout());
      batch.set(retry);
      boolean retried = retry.update() == 1;
      batch.given(unusedTask -> retried);
      return retried;
    } catch (SQLException e) {
      // An equal task was submitted at the same moment, and is the one that is open.
      if (NOT_UNIQUE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isThere(SqlSession session, Change change) throws SQLException {
    LoggedEvent written = change.events().getLast();
    return session
        .sql(SELECT_EVENT)
        .set("id", change.task().toString())
        .set("seq", written.seq())
        .set("at", written.at())
        .set("body", EventJson.write(written.event()))
        .exists();
  }
}
