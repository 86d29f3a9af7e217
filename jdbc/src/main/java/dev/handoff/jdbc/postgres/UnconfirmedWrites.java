package dev.handoff.jdbc.postgres;

import dev.handoff.LoggedEvent;
import dev.handoff.TaskId;
import dev.handoff.jdbc.postgres.TaskWrites.Write;
import dev.handoff.jdbc.row.Change;
import dev.handoff.jdbc.row.EventJson;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.Columns;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Writes that were sent and are not confirmed: if the answer to a commit is lost, it may have
/// succeeded. Each write is tracked by itself, whatever else is written to its task. Safe for use
/// by many threads.
public final class UnconfirmedWrites {
  /// Looks up events by number, time and text. An event is written once, in the transaction that
  /// changes its task.
  private static final String SELECT_MADE =
      """
      select e.task_id as id from unnest(
        (select cast(:id as uuid[])), (select cast(:seq as bigint[])), (select cast(:at as bigint[])),
        (select cast(:body as text[]))
      ) as g (id, seq, at, body)
      join handoff_event e
        on e.task_id = g.id and e.seq = g.seq and e.at = g.at and e.body = g.body
      """;

  private record UnconfirmedWrite(Write write, Change change) {}

  private final Map<TaskId, List<UnconfirmedWrite>> open = new ConcurrentHashMap<>();

  /// Tracks a write that is sent, with the change that it makes.
  void begin(Write write, Change change) {
    open.compute(
        write.task(),
        (ignored, unconfirmed) -> {
          List<UnconfirmedWrite> all = without(unconfirmed, write);
          all.add(new UnconfirmedWrite(write, change));
          return all;
        });
  }

  /// Stops tracking a write that is confirmed, or was not made.
  void end(Write write) {
    open.computeIfPresent(
        write.task(),
        (ignored, unconfirmed) -> {
          List<UnconfirmedWrite> left = without(unconfirmed, write);
          return left.isEmpty() ? null : left;
        });
  }

  private static List<UnconfirmedWrite> without(
      @Nullable List<UnconfirmedWrite> unconfirmed, Write write) {
    List<UnconfirmedWrite> left = new ArrayList<>();
    if (unconfirmed != null) {
      unconfirmed.stream().filter(each -> !each.write().equals(write)).forEach(left::add);
    }
    return left;
  }

  /// Returns the change that this write made when it was sent before, if that is unconfirmed.
  Optional<Change> about(Write write) {
    return open.getOrDefault(write.task(), List.of()).stream()
        .filter(each -> each.write().equals(write))
        .map(UnconfirmedWrite::change)
        .findFirst();
  }

  /// Returns the tasks whose change was committed.
  static Set<TaskId> made(SqlSession session, Collection<Change> changes) throws SQLException {
    if (changes.isEmpty()) {
      return Set.of();
    }
    BoundStatement select = session.sql(SELECT_MADE);
    Columns<Change> columns = new Columns<>(select, List.copyOf(changes));
    columns.texts("id", change -> change.task().toString());
    columns.numbers("seq", change -> last(change).seq());
    columns.times("at", change -> last(change).at());
    columns.texts("body", change -> EventJson.write(last(change).event()));
    return Set.copyOf(select.list(TaskRows::id));
  }

  private static LoggedEvent last(Change change) {
    return change.events().getLast();
  }
}
