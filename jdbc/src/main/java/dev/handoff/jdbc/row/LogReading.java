package dev.handoff.jdbc.row;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.ResultRow;
import dev.handoff.store.LogPage;
import dev.handoff.store.LogRange;
import dev.handoff.store.TaskStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads pages of an event log in one statement, so that the page and the number of the last event
/// are consistent.
public final class LogReading {
  public static final String SQLITE =
      """
      with part as (
        select seq, at, body,
          sum(octet_length(body)) over (
            order by seq rows between unbounded preceding and 3 preceding) as before
        from (
          select seq, at, body from handoff_event where task_id = :id and seq >= :from
          order by seq
          limit :at_most)
      )
      select t.last_seq, p.seq, p.at, p.body, case when p.seq = t.last_seq then t.result end as result
      from handoff_task t
      left join part p on p.before is null or p.before < :bytes
      where t.id = :id
        and (t.expires_at is null or t.expires_at > :now or t.finished_at > :told_since)
      order by p.seq
      """;

  public static final String POSTGRESQL =
      """
      select t.last_seq, p.seq, p.at, p.body, case when p.seq = t.last_seq then t.result end as result
      from handoff_task t left join lateral (
        select e.seq, e.at, e.body,
          sum(octet_length(e.body)) over (
            order by e.seq rows between unbounded preceding and 3 preceding) as before
        from (
          (select 1 as seq, f.at, f.event as body from handoff_submitted f
           where f.task_id = t.id and :from <= 1)
          union all
          (select l.seq, l.at, l.body from handoff_event l
           where l.task_id = t.id and l.seq >= :from order by l.seq limit :at_most)
          order by seq
          limit :at_most
        ) as e
      ) as p on p.before is null or p.before < :bytes
      where t.id = cast(:id as uuid)
        and (t.expires_at is null or t.expires_at > :now or t.finished_at > :told_since)
      order by p.seq
      """;

  private LogReading() {}

  private record LogRow(long last, Optional<LoggedEvent> event) {}

  public static Optional<LogPage> part(BoundStatement select, LogRange range, Instant now)
      throws SQLException {
    List<LogRow> lines =
        select
            .set("id", range.task().toString())
            .set("from", range.from())
            .set("at_most", range.atMost())
            .set("bytes", range.bytes())
            .set("now", now)
            .set("told_since", now.minus(TaskStore.TOLD_FOR))
            .list(row -> line(range.task(), row));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    List<LoggedEvent> events = new ArrayList<>(lines.size());
    lines.forEach(line -> line.event().ifPresent(events::add));
    return Optional.of(new LogPage(lines.getFirst().last(), events));
  }

  private static LogRow line(TaskId task, ResultRow row) throws SQLException {
    long last = row.number("last_seq");
    Long seq = row.numberOrNull("seq");
    // A log that ends before the part begins is one line without an event.
    return seq == null
        ? new LogRow(last, Optional.empty())
        : new LogRow(
            last,
            Optional.of(
                new LoggedEvent(
                    seq,
                    row.time("at"),
                    EventJson.read(task, row.text("body"), row.textOrNull("result")))));
  }
}
