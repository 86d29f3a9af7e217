package dev.handoff.jdbc.sqlite;

import static java.util.stream.Collectors.joining;

import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.ChangeQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Reads for subscribers of an owner's tasks.
public final class OwnerReads {
  private static final String CHANGES =
      """
      select %s from handoff_task
      where owner = :owner and id < :below and +tenant is :tenant
        and (state in ('queued', 'processing') or updated_at >= :since)
        and (expires_at is null or expires_at > :now)
      order by id desc
      limit :at_most
      """
          .formatted(TaskRows.SUMMARY_COLUMNS);

  private static final String NEWEST =
      """
      select t.id from json_each(:owners) as o cross join handoff_task as t on t.owner = o.value
      where t.id > :after
      order by t.id
      limit :at_most
      """;

  private static final String SUMMARIES =
      """
      select %s from handoff_task
      where id in (select value from json_each(:ids)) and (expires_at is null or expires_at > :now)
      """
          .formatted(TaskRows.SUMMARY_COLUMNS);

  private OwnerReads() {}

  public static List<TaskSummary> changes(
      SqlSession session, ChangeQuery query, int atMost, Instant now) throws SQLException {
    return session
        .sql(CHANGES)
        .set("owner", query.of().owner())
        .set("tenant", query.of().tenant())
        .set("below", query.below().toString())
        .set("since", query.since())
        .set("now", now)
        .set("at_most", TaskQuery.requirePage(atMost))
        .list(TaskRows::summary);
  }

  public static List<TaskId> newest(
      SqlSession session, Collection<String> owners, TaskId after, int atMost) throws SQLException {
    return session
        .sql(NEWEST)
        .set("owners", JsonMapper.shared().writeValueAsString(owners))
        .set("after", after.toString())
        .set("at_most", atMost)
        .list(TaskRows::id);
  }

  public static List<TaskSummary> summaries(
      SqlSession session, Collection<TaskId> tasks, Instant now) throws SQLException {
    return session
        .sql(SUMMARIES)
        .set("ids", tasks.stream().map(TaskId::toString).collect(joining("\",\"", "[\"", "\"]")))
        .set("now", now)
        .list(TaskRows::summary);
  }
}
