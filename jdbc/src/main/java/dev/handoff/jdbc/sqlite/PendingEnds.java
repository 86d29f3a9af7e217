package dev.handoff.jdbc.sqlite;

import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.EndPage;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Ends of tasks that are to be announced.
public final class PendingEnds {
  private static final String SELECT_ENDS =
      """
      select * from handoff_task
      where announce = 1 and finished_at is not null and id > :after
      order by id
      limit :at_most
      """;

  /// Unless the task was retried and has ended again.
  private static final String ANNOUNCED =
      "update handoff_task set announce = 0 where id = :id and last_seq = :last_seq and announce = 1";

  private PendingEnds() {}

  public static List<Task> toAnnounce(SqlSession session, Optional<TaskId> after, int atMost)
      throws SQLException {
    return session
        .sql(SELECT_ENDS)
        .set("after", after.orElse(EndPage.BEFORE_ALL).toString())
        .set("at_most", atMost)
        .list(TaskRows::task);
  }

  /// Marks ends as announced, and returns the number of tasks.
  public static int announced(SqlSession session, List<Task> tasks) throws SQLException {
    for (Task task : tasks) {
      session
          .sql(ANNOUNCED)
          .set("id", task.id().toString())
          .set("last_seq", task.activity().lastEvent())
          .update();
    }
    return tasks.size();
  }
}
