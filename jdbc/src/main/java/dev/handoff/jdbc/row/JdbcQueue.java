package dev.handoff.jdbc.row;

import dev.handoff.Priority;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.JdbcBudgets.SessionSource;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.QueueStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The lines of a store. Never part of the caller's transaction. Safe for use by many threads.
public final class JdbcQueue implements QueueStore {
  /// Of one priority at a time, so that the index of claims has them in order.
  public static final String WAITING_ON_POSTGRESQL =
      """
      select id from handoff_task
      where type = :type and gates = :gates and priority = :priority and state = 'queued' and ready
      order by fair_start, id
      limit :at_most
      """;

  public static final String WAITING_ON_SQLITE =
      """
      select id from handoff_task
      where type = :type and gates = :gates and priority = :priority and state = 'queued' and ready = 1
      order by fair_start, id
      limit :at_most
      """;

  /// A later attempt began before its task was last written.
  private static final String RUNNING =
      """
      select case when attempt = 1 then started_at else updated_at end as since from handoff_task
      where state = 'processing' and type = :type and gates = :gates
      limit :at_most
      """;

  private static final String SELECT_DURATIONS =
      "select durations from handoff_pace where type = :type";

  private static final String KEEP_DURATIONS =
      """
      insert into handoff_pace (type, durations, updated_at) values (:type, :durations, :now)
      on conflict (type) do update set durations = excluded.durations, updated_at = excluded.updated_at
      """;

  private final String waiting;
  private final Supplier<Instant> now;
  private final SessionSource sessions;

  /// @param waiting one of the statements of this class
  public JdbcQueue(String waiting, Supplier<Instant> now, SessionSource sessions) {
    this.waiting = waiting;
    this.now = now;
    this.sessions = sessions;
  }

  @Override
  public LineSnapshot line(String type, List<String> gates) {
    GatedLine line = new GatedLine(type, GatedLine.text(gates));
    return sessions.read(session -> line(session, line));
  }

  private LineSnapshot line(SqlSession session, GatedLine line) throws SQLException {
    List<TaskId> tasks = new ArrayList<>();
    for (Priority priority : Arrays.asList(Priority.values()).reversed()) {
      tasks.addAll(
          session
              .sql(waiting)
              .set("type", line.type())
              .set("gates", line.gates())
              .set("priority", TaskRows.number(priority))
              .set("at_most", LONGEST_LINE - tasks.size())
              .list(TaskRows::id));
    }
    List<Instant> running =
        session
            .sql(RUNNING)
            .set("type", line.type())
            .set("gates", line.gates())
            .set("at_most", MOST_RUNNING)
            .list(row -> row.time("since"));
    return new LineSnapshot(tasks, running);
  }

  @Override
  public List<Duration> durations(String type) {
    return sessions.read(session ->
        session.sql(SELECT_DURATIONS).set("type", type).list(row -> row.text("durations")).stream()
            .flatMap(kept -> Arrays.stream(kept.split(" ")))
            .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
            .toList());
  }

  @Override
  public void keepDurations(String type, List<Duration> durations) {
    if (durations.isEmpty() || durations.size() > MOST_DURATIONS) {
      throw new IllegalArgumentException(
          "1 to " + MOST_DURATIONS + " durations are kept, were " + durations.size());
    }
    String kept =
        durations.stream()
            .map(duration -> Long.toString(duration.toMillis()))
            .collect(Collectors.joining(" "));
    var ignored =
        sessions.write(session ->
            session
                .sql(KEEP_DURATIONS)
                .set("type", type)
                .set("durations", kept)
                .set("now", now.get())
                .update());
  }
}
