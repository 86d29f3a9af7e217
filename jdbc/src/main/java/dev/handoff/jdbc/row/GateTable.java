package dev.handoff.jdbc.row;

import dev.handoff.GateLimits;
import dev.handoff.GateLimits.Rate;
import dev.handoff.Gates.Closing;
import dev.handoff.Gates.GateState;
import dev.handoff.Gates.Hold;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads and writes rows of `handoff_gate`, and counts places.
public final class GateTable {
  /// Reads one partial index, of as many entries as gated tasks run on all nodes.
  private static final String COUNT_PLACES =
      """
      select gates, count(*) as n from handoff_task
      where state = 'processing' and gates <> ''
      group by gates
      """;

  private static final String SET =
      """
      insert into handoff_gate (name, concurrency, starts_count, starts_per, units_count, units_per)
      values (:name, :concurrency, :starts_count, :starts_per, :units_count, :units_per)
      on conflict (name) do update set
        concurrency = excluded.concurrency, starts_count = excluded.starts_count,
        starts_per = excluded.starts_per, units_count = excluded.units_count,
        units_per = excluded.units_per
      """;

  private static final String CLOSE =
      """
      insert into handoff_gate (name, closed_until, closed_reason)
      values (:name, :until, :reason)
      on conflict (name) do update set
        closed_until = excluded.closed_until, closed_reason = excluded.closed_reason
      """;

  /// Keeps a closing that ends later.
  private static final String CLOSE_LONGER =
      """
      insert into handoff_gate (name, closed_until, closed_reason)
      values (:name, :until, :reason)
      on conflict (name) do update set
        closed_until = excluded.closed_until, closed_reason = excluded.closed_reason
      where handoff_gate.closed_until is null or handoff_gate.closed_until < excluded.closed_until
      """;

  private static final String OPEN =
      """
      update handoff_gate set closed_until = null, closed_reason = null
      where name = :name and closed_until > :now
      """;

  private static final String REMOVE = "delete from handoff_gate where name = :name";

  private static final String SET_STARTS =
      """
      insert into handoff_gate (name, starts_until) values (:name, :until)
      on conflict (name) do update set starts_until = excluded.starts_until
      """;

  private static final String SET_UNITS =
      """
      insert into handoff_gate (name, units_until) values (:name, :until)
      on conflict (name) do update set units_until = excluded.units_until
      """;

  private static final String SELECT = "select * from handoff_gate where name = :name";

  private static final String SELECT_PAGE =
      "select * from handoff_gate where name > :after order by name limit :at_most";

  /// In the order of their names, or two claims could wait for each other.
  private static final String LOCK =
      """
      select * from handoff_gate where name = any(array(select unnest(cast(:names as text[]))))
      order by name
      for update
      """;

  /// With one writing thread no lock is needed.
  public static final GateTable SQLITE = new GateTable(GateTable::read);

  /// Locks the rows that limit a claim until it commits.
  public static final GateTable POSTGRESQL =
      new GateTable((session, names) ->
          session.sql(LOCK).setTexts("names", List.copyOf(names)).list(GateRow::read));

  private final Locking locking;

  private interface Locking {
    List<GateRow> rows(SqlSession session, Collection<String> names) throws SQLException;
  }

  private GateTable(Locking locking) {
    this.locking = locking;
  }

  private static List<GateRow> read(SqlSession session, Collection<String> names)
      throws SQLException {
    List<GateRow> rows = new ArrayList<>();
    for (String name : names) {
      rows.addAll(session.sql(SELECT).set("name", name).list(GateRow::read));
    }
    return rows;
  }

  /// Locks the gates and reads their room.
  public GatePlaces places(SqlSession session, Set<String> gates, Instant now) throws SQLException {
    Collection<GateRow> rows = lock(session, gates).values();
    // In a statement of its own, which sees what the claims before this one have committed.
    return new GatePlaces(rows, rows.isEmpty() ? Map.of() : running(session), now);
  }

  private Map<String, GateRow> lock(SqlSession session, Collection<String> gates)
      throws SQLException {
    Map<String, GateRow> rows = new HashMap<>();
    locking.rows(session, candidates(gates)).forEach(row -> rows.put(row.name(), row));
    return rows;
  }

  private static Set<String> candidates(Collection<String> gates) {
    Set<String> names = new LinkedHashSet<>();
    gates.forEach(gate -> names.addAll(GateRow.candidates(gate)));
    return names;
  }

  private static Map<String, Integer> running(SqlSession session) throws SQLException {
    Map<String, Integer> tasks = new HashMap<>();
    var ignored =
        session.sql(COUNT_PLACES).list(row -> tasks.put(row.text("gates"), row.smallNumber("n")));
    return GatePlaces.perGate(tasks);
  }

  /// Stores how far the rates of starts are used up by a claim.
  public static void started(SqlSession session, GatePlaces places) throws SQLException {
    for (Map.Entry<String, Long> used : places.usedUntil().entrySet()) {
      session.sql(SET_STARTS).set("name", used.getKey()).set("until", used.getValue()).update();
    }
  }

  void set(SqlSession session, String name, GateLimits limits) throws SQLException {
    var ignored = lock(session, List.of(name));
    Integer concurrency = limits.concurrency();
    session
        .sql(SET)
        .set("name", name)
        .set("concurrency", concurrency == null ? null : Long.valueOf(concurrency))
        .set("starts_count", count(limits.starts()))
        .set("starts_per", per(limits.starts()))
        .set("units_count", count(limits.units()))
        .set("units_per", per(limits.units()))
        .update();
  }

  private static @Nullable Long count(@Nullable Rate rate) {
    return rate == null ? null : Long.valueOf(rate.count());
  }

  private static @Nullable Long per(@Nullable Rate rate) {
    return rate == null ? null : Long.valueOf(rate.per().toMillis());
  }

  void close(SqlSession session, String name, Closing closing) throws SQLException {
    var ignored = lock(session, List.of(name));
    close(session.sql(CLOSE), name, closing);
  }

  void closeLonger(SqlSession session, String name, Closing closing) throws SQLException {
    var ignored = lock(session, List.of(name));
    close(session.sql(CLOSE_LONGER), name, closing);
  }

  private static void close(BoundStatement close, String name, Closing closing)
      throws SQLException {
    close.set("name", name).set("until", closing.until()).set("reason", closing.reason()).update();
  }

  static boolean open(SqlSession session, String name, Instant now) throws SQLException {
    return session.sql(OPEN).set("name", name).set("now", now).update() == 1;
  }

  static boolean remove(SqlSession session, String name) throws SQLException {
    return session.sql(REMOVE).set("name", name).update() == 1;
  }

  void spend(SqlSession session, String name, long units, Instant now) throws SQLException {
    Map<String, GateRow> rows = lock(session, List.of(name));
    Optional<Rate> rate =
        GatePlaces.limiting(name, rows).flatMap(row -> Optional.ofNullable(row.limits().units()));
    if (rate.isPresent()) {
      GateRow own = rows.get(name);
      long before = own == null ? 0 : own.unitsUntil();
      session
          .sql(SET_UNITS)
          .set("name", name)
          .set("until", RateBucket.after(rate.get(), before, units, now))
          .update();
    }
  }

  static Optional<GateState> find(SqlSession session, String name, Instant now)
      throws SQLException {
    return states(session, session.sql(SELECT).set("name", name), now).stream().findFirst();
  }

  static List<GateState> list(SqlSession session, String after, int atMost, Instant now)
      throws SQLException {
    return states(
        session, session.sql(SELECT_PAGE).set("after", after).set("at_most", atMost), now);
  }

  /// Reads without a lock: what is told to a person may be true no more when it is read.
  static Optional<Hold> holding(SqlSession session, List<String> gates, Instant now)
      throws SQLException {
    List<GateRow> rows = read(session, candidates(gates));
    boolean countsPlaces = rows.stream().anyMatch(row -> row.limits().concurrency() != null);
    Map<String, Integer> running = countsPlaces ? running(session) : Map.of();
    return new GatePlaces(rows, running, now).holding(gates);
  }

  private static List<GateState> states(SqlSession session, BoundStatement select, Instant now)
      throws SQLException {
    List<GateRow> rows = select.list(GateRow::read);
    Map<String, Integer> running = rows.isEmpty() ? Map.of() : running(session);
    List<GateState> states = new ArrayList<>(rows.size());
    for (GateRow row : rows) {
      Closing closing = row.closing();
      states.add(
          new GateState(
              row.name(),
              row.limits(),
              closing == null || !closing.until().isAfter(now) ? null : closing,
              running.getOrDefault(row.name(), 0)));
    }
    return states;
  }
}
