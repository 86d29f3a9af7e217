package dev.handoff.jdbc.postgres;

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

/// Reads for subscribers of an owner's tasks. An owner's tasks are a range of the index, as in
/// [Listing]. The tenant is compared at the lookup of each task; as part of the range it would make
/// the planner sort the table.
public final class OwnerReads {
  public static final String CHANGES =
      Listing.page(
          """
          select %s from handoff_submitted f, lateral (
            select t.* from handoff_task t
            where t.id = f.task_id
              and (t.state in ('queued', 'processing') or t.updated_at >= :since)
              and (t.expires_at is null or t.expires_at > :now)
              and t.tenant is not distinct from cast(:tenant as text)
            offset 0
          ) as t
          where (f.owner, f.task_id) < (cast(:owner as text), cast(:below as uuid))
            and (f.owner, f.task_id) >= (cast(:owner as text), cast(:lowest as uuid))
          order by f.owner desc, f.task_id desc
          """
              .formatted(Listing.COLUMNS));

  public static final String NEWEST =
      """
      select found.id
      from unnest((select cast(:owners as text[]))) as o (name),
      lateral (
        select f.task_id as id from handoff_submitted f
        where (f.owner, f.task_id) > (o.name, cast(:after as uuid))
          and (f.owner, f.task_id) <= (o.name, cast('ffffffff-ffff-ffff-ffff-ffffffffffff' as uuid))
        order by f.owner, f.task_id
        limit :at_most
      ) as found
      order by found.id
      limit :at_most
      """;

  static final String SUMMARIES =
      """
      select %s from handoff_task
      where id = any(array(select unnest(cast(:ids as uuid[]))))
        and (expires_at is null or expires_at > :now)
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
        .set("lowest", TaskQuery.EVERYTHING.lowest().toString())
        .set("since", query.since())
        .set("now", now)
        .set("at_most", TaskQuery.requirePage(atMost))
        .list(TaskRows::summary);
  }

  public static List<TaskId> newest(
      SqlSession session, Collection<String> owners, TaskId after, int atMost) throws SQLException {
    return session
        .sql(NEWEST)
        .setTexts("owners", List.copyOf(owners))
        .set("after", after.toString())
        .set("at_most", atMost)
        .list(TaskRows::id);
  }

  public static List<TaskSummary> summaries(
      SqlSession session, Collection<TaskId> tasks, Instant now) throws SQLException {
    return session
        .sql(SUMMARIES)
        .setTexts("ids", tasks.stream().map(TaskId::toString).toList())
        .set("now", now)
        .list(TaskRows::summary);
  }
}
