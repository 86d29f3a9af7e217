package dev.handoff.jdbc.postgres;

import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.jdbc.row.ListPage;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Pages of tasks, newest first, read backwards from the end of an index.
///
/// An owner's or a tenant's tasks are a range of the index on (owner, id), in its order. With an
/// equality instead, the planner scans the newest tasks of all owners if it overestimates this
/// owner's share, and reads hundreds of thousands of rows. The index is on `handoff_submitted`,
/// which no state change writes to. Each task is then looked up by id; `offset 0` keeps the planner
/// from reading all tasks first.
public final class Listing {
  static final String COLUMNS = TaskRows.SUMMARY_COLUMNS.replaceAll("\\w+", "t.$0");

  public static final String OF_ALL =
      page(
          """
          select %s from handoff_task t
          where t.id < cast(:below as uuid) and t.id >= cast(:lowest as uuid)
            and %s
          order by t.id desc
          """
              .formatted(COLUMNS, wanted()));

  public static final String OF_OWNER = select("owner", "", wanted());

  public static final String OF_TENANT = select("tenant", "and f.tenant is not null", wanted());

  /// By the owner's index: an owner has fewer tasks than a tenant.
  public static final String OF_OWNER_IN_TENANT =
      select("owner", "", "t.tenant = :tenant and " + wanted());

  private static final String BY_ID =
      """
      select %s from handoff_task
      where id = any(array(select unnest(cast(:ids as uuid[]))))
        and (expires_at is null or expires_at > :now)
      """
          .formatted(TaskRows.SUMMARY_COLUMNS);

  private Listing() {}

  private static String select(String key, String also, String wanted) {
    return page(
        """
        select %1$s from handoff_submitted f, lateral (
          select t.* from handoff_task t
          where t.id = f.task_id
            and %2$s
          offset 0
        ) as t
        where (f.%3$s, f.task_id) < (cast(:%3$s as text), cast(:below as uuid))
          and (f.%3$s, f.task_id) >= (cast(:%3$s as text), cast(:lowest as uuid)) %4$s
        order by f.%3$s desc, f.task_id desc
        """
            .formatted(COLUMNS, wanted, key, also));
  }

  /// Limits an ordered selection to a page. The limit is part of the statement: for a parameter the
  /// planner expects a tenth of all rows, and may sort the table.
  static String page(String ordered) {
    return "select * from ("
        + ordered
        + "limit "
        + TaskQuery.PAGE_LIMIT
        + ") as page limit :at_most";
  }

  private static String wanted() {
    return """
    (cast(:type as text) is null or t.type = cast(:type as text))
        and (cast(:subject as text) is null or t.subject = cast(:subject as text))
        and t.state = any(cast(:states as text[]))
        and (t.expires_at is null or t.expires_at > :now)\
    """;
  }

  public static List<TaskSummary> list(SqlSession session, ListPage page, Instant now)
      throws SQLException {
    return conditions(whose(session, page.query()), page, now).list(TaskRows::summary);
  }

  public static List<TaskSummary> byId(SqlSession session, Collection<TaskId> ids, Instant now)
      throws SQLException {
    return session
        .sql(BY_ID)
        .setTexts("ids", ids.stream().map(TaskId::toString).toList())
        .set("now", now)
        .list(TaskRows::summary);
  }

  public static BoundStatement conditions(BoundStatement select, ListPage page, Instant now)
      throws SQLException {
    TaskQuery query = page.query();
    return select
        .set("below", page.below().toString())
        .set("lowest", query.lowest().toString())
        .set("type", query.type())
        .set("subject", query.subject())
        .setTexts("states", page.states())
        .set("now", now)
        .set("at_most", page.atMost());
  }

  private static BoundStatement whose(SqlSession session, TaskQuery query) throws SQLException {
    String owner = query.owner();
    String tenant = query.tenant();
    if (owner == null) {
      return tenant == null ? session.sql(OF_ALL) : session.sql(OF_TENANT).set("tenant", tenant);
    }
    return tenant == null
        ? session.sql(OF_OWNER).set("owner", owner)
        : session.sql(OF_OWNER_IN_TENANT).set("owner", owner).set("tenant", tenant);
  }
}
