package dev.handoff.jdbc.postgres;

import dev.handoff.jdbc.postgres.PostgresTurns.TurnBatch;
import dev.handoff.jdbc.postgres.PostgresTurns.TurnRequest;
import dev.handoff.jdbc.postgres.PostgresTurns.TurnSlot;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.GateLines;
import dev.handoff.jdbc.row.QueueKey;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.Columns;
import dev.handoff.jdbc.sql.ResultRow;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes delayed tasks claimable when they are due; each gets its turn then. Due times of this
/// process's tasks are known. Those of other processes are looked up once a second. Safe for use by
/// many threads.
public final class PostgresDelayed {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /// How many tasks of a type are promoted at once; the next claim promotes the next ones.
  private static final int PROMOTED_AT_ONCE = 500;

  private static final String SELECT_DUE =
      """
      select t.id, t.type, t.gates, t.priority, t.tenant, t.fair_start
      from unnest((select cast(:types as text[]))) as g (type), lateral (
        select * from handoff_task t
        where t.type = g.type and t.state = 'queued' and not t.ready and t.due_at <= :now
        order by t.due_at
        limit :at_most
        for update skip locked
      ) as t
      """;

  /// Tasks that had a turn before go to the front of their queue.
  private static final String PROMOTE =
      """
      update handoff_task t set
        ready = true, fair_start = case when g.turn is null then %s else %s end
      from unnest(
        (select cast(:ids as uuid[])), (select cast(:turn as bigint[])), (select cast(:nth as bigint[]))
      ) as g (id, turn, nth)
      where t.id = g.id
      """
          .formatted(PostgresTurns.FRONT, PostgresTurns.START);

  private static final String SELECT_NEXT =
      """
      select g.type, first.due_at from unnest((select cast(:types as text[]))) as g (type),
      lateral (
        select t.due_at from handoff_task t
        where t.type = g.type and t.state = 'queued' and not t.ready
        order by t.due_at
        limit 1
      ) as first
      """;

  private final PostgresConnections connections;
  private final Supplier<Instant> now;
  private final PostgresTurns turns;
  private final GateLines lines;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, NextDue> known = new HashMap<>();

  /// The earliest due time of a type, and when it was looked up.
  private record NextDue(Instant next, Instant at) {
    private static final NextDue UNKNOWN = new NextDue(Instant.MAX, Instant.MIN);

    NextDue noted(Instant due) {
      return due.isBefore(next) ? new NextDue(due, at) : this;
    }
  }

  public PostgresDelayed(
      PostgresConnections connections,
      Supplier<Instant> now,
      PostgresTurns turns,
      GateLines lines) {
    this.connections = connections;
    this.now = now;
    this.turns = turns;
    this.lines = lines;
  }

  /// Notes the due time of a new task.
  public void note(Instant due) {
    lock.lock();
    try {
      known.replaceAll((ignored, first) -> first.noted(due));
    } finally {
      lock.unlock();
    }
  }

  /// Promotes tasks of these types if one is known to be due, or if the last lookup is too old.
  ///
  /// @return whether any was promoted
  public boolean promote(List<String> types) {
    Instant time = now.get();
    if (isAny(types, it -> !it.next().isAfter(time))) {
      return promoteNow(types);
    }
    return isAny(types, it -> !time.isBefore(it.at().plus(LOOK_EVERY))) && promoteDue(types);
  }

  private boolean isAny(List<String> types, Predicate<NextDue> which) {
    lock.lock();
    try {
      return types.stream().map(type -> known.getOrDefault(type, NextDue.UNKNOWN)).anyMatch(which);
    } finally {
      lock.unlock();
    }
  }

  /// Promotes due tasks of these types, whoever submitted them.
  ///
  /// @return whether any was promoted
  public boolean promoteDue(List<String> types) {
    return connections.use(session -> look(session, types, now.get())) && promoteNow(types);
  }

  private boolean promoteNow(List<String> types) {
    return connections.inTransaction(session ->
        promote(new WriteTransaction(session, now.get(), new Announcements()), types))
        > 0;
  }

  /// Whether the first of one of these types is due.
  private boolean look(SqlSession session, List<String> types, Instant time) throws SQLException {
    // What is noted from now on counts beside what is found.
    put(types, new NextDue(Instant.MAX, time));
    Map<String, Instant> first = new HashMap<>();
    var ignored =
        session
            .sql(SELECT_NEXT)
            .setTexts("types", types)
            .list(row -> first.put(row.text("type"), row.time("due_at")));
    lock.lock();
    try {
      first.forEach((type, due) -> known.computeIfPresent(type, (unusedType, it) -> it.noted(due)));
    } finally {
      lock.unlock();
    }
    return first.values().stream().anyMatch(due -> !due.isAfter(time));
  }

  private void put(List<String> types, NextDue first) {
    lock.lock();
    try {
      types.forEach(type -> known.put(type, first));
    } finally {
      lock.unlock();
    }
  }

  private int promote(WriteTransaction writing, List<String> types) throws SQLException {
    TurnBatch batch = turns.batch();
    record Due(String id, QueueKey queue, @Nullable TurnSlot slot) {}
    List<Due> due =
        writing
            .session()
            .sql(SELECT_DUE)
            .setTexts("types", types)
            .set("now", writing.now())
            .set("at_most", PROMOTED_AT_ONCE)
            .list(row ->
                new Due(
                    row.text("id"),
                    TaskRows.queue(row),
                    row.numberOrNull("fair_start") == null ? batch.next(joining(row)) : null));
    if (!due.isEmpty()) {
      BoundStatement promote = writing.session().sql(PROMOTE);
      Columns<Due> columns = new Columns<>(promote, due);
      columns.texts("ids", Due::id);
      columns.numbers("turn", each -> each.slot() == null ? null : each.slot().turn());
      columns.numbers("nth", each -> each.slot() == null ? null : each.slot().nth());
      batch.set(promote);
      promote.update();
      batch.given(ignored -> true);
      for (Due each : due) {
        if (!each.queue().gates().isEmpty()) {
          lines.waits(each.queue().line());
        }
      }
    }
    var ignored = look(writing.session(), types, writing.now());
    return due.size();
  }

  private static TurnRequest joining(ResultRow row) throws SQLException {
    return new TurnRequest(TaskRows.id(row), TaskRows.queue(row), row.textOrNull("tenant"));
  }
}
