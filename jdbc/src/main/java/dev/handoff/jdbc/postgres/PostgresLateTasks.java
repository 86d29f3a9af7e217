package dev.handoff.jdbc.postgres;

import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.Change;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.WriteTransaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Cancels tasks that were not started in time. Claims leave them out by themselves ([#MAY_START]),
/// so nothing depends on how soon this is done.
public final class PostgresLateTasks {
  /// A condition on a task `t` that waits: it may still start.
  static final String MAY_START =
      "(t.start_before is null or t.start_before > :now or t.started_at is not null)";

  private static final String SELECT_ANY =
      """
      select 1 from handoff_task
      where start_before is not null and state = 'queued' and started_at is null
        and start_before <= :now
      limit 1
      """;

  /// Skips tasks that another node is cancelling.
  private static final String SELECT_LATE =
      """
      select * from handoff_task
      where start_before is not null and state = 'queued' and started_at is null
        and start_before <= :now
      order by start_before
      limit :at_most
      for update skip locked
      """;

  private PostgresLateTasks() {}

  /// Cancels tasks that are too late, and tells of it after the commit.
  ///
  /// @return how many were cancelled
  public static int cancel(
      PostgresConnections connections,
      Consumer<Announcements> tell,
      Supplier<Instant> now,
      int atMost) {
    boolean any =
        connections.use(session -> session.sql(SELECT_ANY).set("now", now.get()).exists());
    if (!any) {
      return 0;
    }
    AnnouncedResult<Integer> done =
        connections.inTransaction(session -> {
          WriteTransaction writing = new WriteTransaction(session, now.get(), new Announcements());
          return new AnnouncedResult<>(cancel(writing, atMost), writing.announcements());
        });
    tell.accept(done.announcements());
    return done.result();
  }

  private static int cancel(WriteTransaction writing, int atMost) throws SQLException {
    List<StoredTask> late =
        writing
            .session()
            .sql(SELECT_LATE)
            .set("now", writing.now())
            .set("at_most", atMost)
            .list(TaskRows::storedTask);
    if (late.isEmpty()) {
      return 0;
    }
    List<Change> changes = new ArrayList<>(late.size());
    for (StoredTask task : late) {
      changes.add(Change.of(task, List.of(TaskCancelled.tooLate()), writing.now()));
    }
    // They are locked, so all of them are still as they were read.
    var ignored = PostgresRows.move(writing.session(), changes, writing.now());
    changes.forEach(change -> change.announce(writing.announcements()));
    return changes.size();
  }
}
