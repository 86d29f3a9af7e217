package dev.handoff.jdbc.postgres;

import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.EndPage;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.Announced;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Ends of tasks that are to be announced. Their rows stay locked meanwhile, so that one node
/// announces each: other nodes skip them, and the server releases the locks of a node that dies.
public final class PendingEnds {
  private static final String SELECT_ENDS =
      """
      select * from handoff_task
      where announce and finished_at is not null and id > cast(:after as uuid)
      order by id
      limit :at_most
      for update skip locked
      """;

  private static final String ANNOUNCED =
      """
      update handoff_task set announce = false
      where id = any(array(select unnest(cast(:ids as uuid[]))))
      """;

  private PendingEnds() {}

  /// Announces a page of ends. Needs a transaction.
  public static Announced announce(
      SqlSession session, Optional<TaskId> after, int atMost, Predicate<Task> announce)
      throws SQLException {
    List<Task> ended =
        session
            .sql(SELECT_ENDS)
            .set("after", after.orElse(EndPage.BEFORE_ALL).toString())
            .set("at_most", atMost)
            .list(TaskRows::task);
    List<String> announced = new ArrayList<>();
    for (Task task : ended) {
      if (announce.test(task)) {
        announced.add(task.id().toString());
      }
    }
    if (!announced.isEmpty()) {
      session.sql(ANNOUNCED).setTexts("ids", announced).update();
    }
    return EndPage.announced(announced.size(), ended, atMost);
  }
}
