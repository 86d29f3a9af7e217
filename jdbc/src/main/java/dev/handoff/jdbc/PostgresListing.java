package dev.handoff.jdbc;

import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.jdbc.Listing.Page;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Pages of tasks on PostgreSQL, newest first: read from the end of an index, as in [Listing].
///
/// An owner's or a tenant's tasks are asked for as a range of the index's pairs, and in their
/// order. With an equation instead, the planner goes through the newest tasks of all where it
/// believes that many of them are the owner's, and passes hundreds of thousands where it is wrong.
final class PostgresListing {
  static final String OF_ALL = select("", "");

  static final String OF_OWNER = select("owner", "");

  static final String OF_TENANT = select("tenant", "and tenant is not null");

  /// By the owner's index: an owner has fewer tasks than a tenant.
  static final String OF_OWNER_IN_TENANT = select("owner", "and tenant = :tenant");

  private static final String BY_ID =
      """
      select %s from handoff_task
      where id = any(array(select unnest(cast(:ids as uuid[]))))
        and (expires_at is null or expires_at > :now)
      """
          .formatted(TaskReading.SUMMARY_COLUMNS);

  private PostgresListing() {}

  private static String select(String key, String also) {
    boolean whole = key.isEmpty();
    String pair = whole ? "id" : "(" + key + ", id)";
    String below =
        whole ? "cast(:below as uuid)" : "(cast(:" + key + " as text), cast(:below as uuid))";
    String order = whole ? "id desc" : key + " desc, id desc";
    return """
    select %s from handoff_task
    where %s < %s and %s >= %s %s
      and (cast(:type as text) is null or type = cast(:type as text))
      and (cast(:subject as text) is null or subject = cast(:subject as text))
      and state = any(cast(:states as text[]))
      and (expires_at is null or expires_at > :now)
    order by %s
    limit :at_most
    """
        .formatted(
            TaskReading.SUMMARY_COLUMNS,
            pair,
            below,
            pair,
            below.replace(":below", ":lowest"),
            also,
            order);
  }

  static List<TaskSummary> list(Session session, Page page, Instant now) throws SQLException {
    return conditions(whose(session, page.query()), page, now).list(TaskReading::summary);
  }

  static List<TaskSummary> byId(Session session, Collection<TaskId> ids, Instant now)
      throws SQLException {
    return session
        .sql(BY_ID)
        .setTexts("ids", ids.stream().map(TaskId::toString).toList())
        .set("now", now)
        .list(TaskReading::summary);
  }

  /// Sets what is the same for all lists.
  static BoundStatement conditions(BoundStatement select, Page page, Instant now)
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

  private static BoundStatement whose(Session session, TaskQuery query) throws SQLException {
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
