package dev.handoff.jdbc.sqlite;

import static java.util.stream.Collectors.joining;

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

/// Pages of tasks, newest first. Ids grow with time, so the newest are at the end of an index.
public final class Listing {
  private static final String OF_ALL = select("");

  private static final String OF_OWNER = select("owner = :owner and");

  private static final String OF_TENANT = select("tenant = :tenant and");

  /// The plus keeps SQLite from the tenant's index: an owner has fewer tasks than a tenant.
  private static final String OF_OWNER_IN_TENANT =
      select("owner = :owner and +tenant = :tenant and");

  private static final String BY_ID =
      """
      select %s from handoff_task
      where id in (select value from json_each(:ids)) and (expires_at is null or expires_at > :now)
      """
          .formatted(TaskRows.SUMMARY_COLUMNS);

  private Listing() {}

  private static String select(String whose) {
    return """
    select %s from handoff_task
    where %s id < :below and id >= :lowest
      and (:type is null or type = :type) and (:subject is null or subject = :subject)
      and state in (select value from json_each(:states))
      and (expires_at is null or expires_at > :now)
    order by id desc
    limit :at_most
    """
        .formatted(TaskRows.SUMMARY_COLUMNS, whose);
  }

  public static List<TaskSummary> list(SqlSession session, ListPage page, Instant now)
      throws SQLException {
    TaskQuery query = page.query();
    return whose(session, query)
        .set("below", page.below().toString())
        .set("lowest", query.lowest().toString())
        .set("type", query.type())
        .set("subject", query.subject())
        .set("states", jsonOf(page.states()))
        .set("now", now)
        .set("at_most", page.atMost())
        .list(TaskRows::summary);
  }

  public static List<TaskSummary> byId(SqlSession session, Collection<TaskId> ids, Instant now)
      throws SQLException {
    return session
        .sql(BY_ID)
        .set("ids", jsonOf(ids.stream().map(TaskId::toString).toList()))
        .set("now", now)
        .list(TaskRows::summary);
  }

  // None of the texts needs escaping.
  private static String jsonOf(List<String> texts) {
    return texts.stream().map(text -> '"' + text + '"').collect(joining(",", "[", "]"));
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
