package dev.handoff.jdbc.sqlite;

import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cancels tasks that were not started in time. Remembers from when on there may be one, so that
/// claims of other tasks pay nothing. After a rollback that time may be wrong, until it is read
/// again; claims start no late task whatever it says. Safe for use by many threads.
public final class LateTasks {
  private static final String SELECT_LATE =
      """
      select * from handoff_task
      where start_before is not null and state = 'queued' and started_at is null
        and start_before <= :now
      order by start_before
      limit :at_most
      """;

  private static final String SELECT_NEXT =
      """
      select start_before from handoff_task
      where start_before is not null and state = 'queued' and started_at is null
      order by start_before
      limit 1
      """;

  private final FairShare fairShare;
  private volatile Instant next = Instant.MAX;

  public LateTasks(FairShare fairShare) {
    this.fairShare = fairShare;
  }

  /// Reads when the next task is too late.
  ///
  /// @return whether one is at this time
  public boolean look(SqlSession session, Instant now) throws SQLException {
    Optional<Instant> first = session.sql(SELECT_NEXT).first(row -> row.time("start_before"));
    next = first.orElse(Instant.MAX);
    return isAny(now);
  }

  /// Notes a new task with this time; none if it may start at any time.
  void note(@Nullable Instant startBefore) {
    if (startBefore != null && startBefore.isBefore(next)) {
      next = startBefore;
    }
  }

  private boolean isAny(Instant now) {
    return !next.isAfter(now);
  }

  /// Cancels tasks that are too late, at most `atMost`.
  ///
  /// @return how many were cancelled
  public int cancel(WriteTransaction writing, int atMost) throws SQLException {
    if (!isAny(writing.now())) {
      return 0;
    }
    SqlSession session = writing.session();
    List<StoredTask> late =
        session
            .sql(SELECT_LATE)
            .set("now", writing.now())
            .set("at_most", atMost)
            .list(TaskRows::storedTask);
    int cancelled = 0;
    for (StoredTask task : late) {
      if (TaskWrites.apply(writing, task, List.of(TaskCancelled.tooLate()))) {
        fairShare.gaveUp(task.task());
        cancelled++;
      }
    }
    var ignored = look(session, writing.now());
    return cancelled;
  }
}
