package dev.handoff.jdbc.postgres;

import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.EndPage;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.Announced;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Ends of tasks that are to be announced. The transaction holds an advisory lock for each of them
/// meanwhile, so that one node announces each: other nodes skip them, and the server releases the
/// locks of a node that dies. The rows themselves are not locked: who is told of an end may change
/// the task.
public final class PendingEnds {
  private static final String SELECT_ENDS =
      """
      select * from handoff_task
      where announce and finished_at is not null and id > cast(:after as uuid)
      order by id
      limit :at_most
      """;

  /// The first key tells these locks from others in the same database, such as the signs of life,
  /// which have one key of 64 bits. Tasks whose second keys are equal wait for each other.
  private static final String LOCK =
      """
      select id from unnest(cast(:ids as uuid[])) as ids (id)
      where pg_try_advisory_xact_lock(1701733476, hashtext(cast(id as text)))
      """;

  /// What another node announced between the look and the lock is gone from here.
  private static final String STILL_PENDING =
      """
      select id, last_seq from handoff_task
      where id = any(array(select unnest(cast(:ids as uuid[])))) and announce
      """;

  /// Unless the task was retried meanwhile: its next end is another one.
  private static final String ANNOUNCED =
      """
      update handoff_task t set announce = false
      from unnest(cast(:ids as uuid[]), cast(:ends as bigint[])) as e (id, last_seq)
      where t.id = any(array(select unnest(cast(:ids as uuid[]))))
        and t.id = e.id and t.last_seq = e.last_seq and t.announce
      """;

  private PendingEnds() {}

  private record EndKey(TaskId task, Long event) {
    static EndKey of(Task task) {
      return new EndKey(task.id(), task.activity().lastEvent());
    }
  }

  /// Announces a page of ends. Needs a transaction that reads what is committed.
  public static Announced announce(
      SqlSession session, Optional<TaskId> after, int atMost, Predicate<Task> announce)
      throws SQLException {
    List<Task> ended =
        session
            .sql(SELECT_ENDS)
            .set("after", after.orElse(EndPage.BEFORE_ALL).toString())
            .set("at_most", atMost)
            .list(TaskRows::task);
    List<Task> announced = new ArrayList<>();
    for (Task task : own(session, ended)) {
      if (announce.test(task)) {
        announced.add(task);
      }
    }
    if (!announced.isEmpty()) {
      session
          .sql(ANNOUNCED)
          .setTexts("ids", ids(announced))
          .setNumbers("ends", announced.stream().map(task -> EndKey.of(task).event()).toList())
          .update();
    }
    return EndPage.announced(announced.size(), ended, atMost);
  }

  private static List<Task> own(SqlSession session, List<Task> ended) throws SQLException {
    if (ended.isEmpty()) {
      return ended;
    }
    List<TaskId> locked = session.sql(LOCK).setTexts("ids", ids(ended)).list(TaskRows::id);
    if (locked.isEmpty()) {
      return List.of();
    }
    Set<EndKey> pending =
        new HashSet<>(
            session
                .sql(STILL_PENDING)
                .setTexts("ids", locked.stream().map(TaskId::toString).toList())
                .list(row -> new EndKey(TaskRows.id(row), row.number("last_seq"))));
    return ended.stream().filter(task -> pending.contains(EndKey.of(task))).toList();
  }

  private static List<String> ids(List<Task> tasks) {
    return tasks.stream().map(task -> task.id().toString()).toList();
  }
}
