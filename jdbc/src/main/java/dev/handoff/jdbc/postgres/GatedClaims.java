package dev.handoff.jdbc.postgres;

import dev.handoff.NodeId;
import dev.handoff.Priority;
import dev.handoff.TaskId;
import dev.handoff.jdbc.postgres.Claims.Claimed;
import dev.handoff.jdbc.row.ClaimChoice;
import dev.handoff.jdbc.row.ClaimChoice.Candidate;
import dev.handoff.jdbc.row.GateLines;
import dev.handoff.jdbc.row.GateLines.KnownLine;
import dev.handoff.jdbc.row.GatePlaces;
import dev.handoff.jdbc.row.GateTable;
import dev.handoff.jdbc.row.GatedLine;
import dev.handoff.jdbc.row.LowerPlaces;
import dev.handoff.jdbc.row.QueueKey;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.UsableLines;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.Columns;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Claims while tasks wait for gates: in one transaction, which locks the gates first, so that no
/// two claims take the same place. Chooses among the tasks with and without gates by the order of
/// [Claims]. A claim costs a few more statements than one without gates, however many tasks wait
/// for gates without room.
public final class GatedClaims {
  /// How long a line is left alone whose first tasks another claim has locked.
  private static final int LOCKED_FOR = 100;

  /// How many lines one look at the database finds; the next look goes on behind them.
  private static final int LINES_AT_ONCE = 1_000;

  private static final GatedLine FIRST = new GatedLine("", "");

  private static final String SELECT_NODE = "select 1 from handoff_node where id = :node";

  /// The first tasks of each queue, which no other claim has locked.
  private static final String SELECT_FIRST =
      """
      select queue.n, next.id, next.type, next.gates, next.priority, next.fair_start
      from unnest(
        (select cast(:n as bigint[])), (select cast(:type as text[])), (select cast(:gates as text[])),
        (select cast(:priority as bigint[])), (select cast(:scan_from as bigint[])), (select cast(:capacity as bigint[]))
      ) as queue (n, type, gates, priority, scan_from, capacity), lateral (
        select t.id, t.type, t.gates, t.priority, t.fair_start from handoff_task t
        where t.type = queue.type and t.gates = queue.gates and t.priority = queue.priority
          and t.state = 'queued' and t.ready and t.fair_start >= queue.scan_from and %s
        order by t.fair_start, t.id
        limit queue.capacity
        for update skip locked
      ) as next
      """
          .formatted(PostgresLateTasks.MAY_START);

  /// Those of the lines that have waiting tasks, locked or not.
  private static final String SELECT_WAITING =
      """
      select line.n from unnest(
        (select cast(:n as bigint[])), (select cast(:type as text[])), (select cast(:gates as text[]))
      ) as line (n, type, gates), lateral (
        select from handoff_task t
        where t.type = line.type and t.gates = line.gates and t.state = 'queued' and t.ready
        order by t.priority, t.fair_start limit 1
      ) as first
      """;

  /// The next lines, with and without gates: one step in the index for each.
  private static final String SELECT_LINES =
      """
      with recursive line as (
        (select cast(:type as text) as type, cast(:gates as text) as gates, 0 as n)
        union all
        select next.type, next.gates, line.n + 1
        from line, lateral (
          select t.type, t.gates from handoff_task t
          where (t.type, t.gates) > (line.type, line.gates) and t.state = 'queued' and t.ready
          order by t.type, t.gates limit 1
        ) as next
        where line.n < :at_most
      )
      select type, gates from line where n > 0 order by n
      """;

  private static final String SELECT_GATES =
      """
      select t.gates from handoff_task t
      where t.id = cast(:id as uuid) and t.gates <> '' and t.state = 'queued' and t.due_at <= :now
        and %s
      """
          .formatted(PostgresLateTasks.MAY_START);

  private final Claims claims;
  private final GateLines lines;
  private final LowerPlaces lowerPlaces;
  private volatile GatedLine lookedUpTo = FIRST;

  public GatedClaims(Claims claims, GateLines lines) {
    this.claims = claims;
    this.lines = lines;
    this.lowerPlaces = claims.lowerPlaces();
  }

  private record Open(long n, QueueKey queue, int capacity) {}

  /// Claims tasks of all lines that may start. Needs a transaction.
  ///
  /// @return empty also if no line of gated tasks may start; then [Claims#claim(WriteTransaction,
  ///   ClaimRequest)] is for the others
  List<Claimed> claim(WriteTransaction writing, ClaimRequest request) throws SQLException {
    UsableLines usable = UsableLines.of(lines, GateTable.POSTGRESQL, writing, request);
    if (usable.lines().isEmpty()
        || !writing.session().sql(SELECT_NODE).set("node", request.node().value()).exists()) {
      return List.of();
    }
    Map<GatedLine, List<Candidate>> waiting = first(writing, open(request, usable));
    TaskId young = LowerPlaces.submittedBefore(writing.now());
    ClaimChoice choice = new ClaimChoice(times(waiting), usable.places(), request);
    waiting.forEach((line, candidates) -> {
      int capacity = capacity(request, line.type());
      LowerPlaces.OwedPlaces owed = lowerPlaces.owed(line.type(), capacity);
      Priority highest = candidates.getFirst().queue().priority();
      choice.add(
          candidates,
          ClaimChoice.owed(
              candidates.stream().filter(each -> each.queue().priority() != highest), owed, young),
          capacity);
    });
    List<Candidate> chosen =
        choice.choose(request.atMost(), lowerPlaces.owed(request.atMost()), young);
    GateTable.started(writing.session(), usable.places());
    noteEmpty(writing, usable, waiting);
    List<Claimed> claimed =
        claims.start(writing, chosen.stream().map(Candidate::id).toList(), request.node());
    claims.note(request, claimed);
    return claimed;
  }

  private List<Open> open(ClaimRequest request, UsableLines usable) {
    List<Open> open = new ArrayList<>();
    for (Room room : request.rooms()) {
      add(open, new GatedLine(room.type(), ""), capacity(request, room.type()));
    }
    for (KnownLine each : usable.lines()) {
      int capacity = capacity(request, each.line().type());
      add(open, each.line(), usable.places().room(each.line().names(), capacity));
    }
    return open;
  }

  private static void add(List<Open> open, GatedLine line, int capacity) {
    if (capacity > 0) {
      for (Priority priority : Priority.values()) {
        open.add(
            new Open(open.size(), new QueueKey(line.type(), priority, line.gates()), capacity));
      }
    }
  }

  private static int capacity(ClaimRequest request, String type) {
    return request.rooms().stream()
        .filter(room -> room.type().equals(type))
        .mapToInt(room -> Math.min(room.atMost(), request.atMost()))
        .sum();
  }

  /// Returns the first tasks of each line that has any, by priority and start.
  private Map<GatedLine, List<Candidate>> first(WriteTransaction writing, List<Open> open)
      throws SQLException {
    var select = writing.session().sql(SELECT_FIRST).set("now", writing.now());
    Columns<Open> columns = new Columns<>(select, open);
    columns.numbers("n", Open::n);
    columns.texts("type", each -> each.queue().type());
    columns.texts("gates", each -> each.queue().gates());
    columns.numbers("priority", each -> (long) TaskRows.number(each.queue().priority()));
    columns.numbers("scan_from", each -> claims.scanFrom(each.queue(), writing.now()));
    columns.numbers("capacity", each -> (long) each.capacity());
    record First(TaskId id, QueueKey queue, long start) {}
    List<First> found =
        select.list(
            row -> new First(TaskRows.id(row), TaskRows.queue(row), row.number("fair_start")));
    Map<QueueKey, Integer> places = new HashMap<>();
    Map<GatedLine, List<Candidate>> waiting = new HashMap<>();
    found.stream()
        .sorted(
            Comparator.comparing((First each) -> each.queue().priority())
                .reversed()
                .thenComparingLong(First::start)
                .thenComparing(First::id))
        .forEach(each ->
            waiting
                .computeIfAbsent(each.queue().line(), ignored -> new ArrayList<>())
                .add(
                    new Candidate(
                        each.id(),
                        each.queue(),
                        each.start(),
                        places.merge(each.queue(), 1, Integer::sum))));
    return waiting;
  }

  // As the statement in Claims has it.
  private ClaimChoice.VirtualTimes times(Map<GatedLine, List<Candidate>> waiting) {
    Map<QueueKey, Long> firsts = new HashMap<>();
    waiting
        .values()
        .forEach(line -> line.forEach(each -> firsts.merge(each.queue(), each.start(), Math::min)));
    return new ClaimChoice.VirtualTimes() {
      @Override
      public long lag(QueueKey queue, long start) {
        long first = firsts.getOrDefault(queue, start);
        return start - first + (claims.virtualTime(queue) < first ? 1 : 0);
      }

      @Override
      public void claimed(QueueKey queue, long start) {}

      @Override
      public void drained(GatedLine line) {}
    };
  }

  /// Notes which lines without a task to claim are empty, and which ones others have locked.
  private void noteEmpty(
      WriteTransaction writing, UsableLines usable, Map<GatedLine, List<Candidate>> waiting)
      throws SQLException {
    List<KnownLine> without =
        usable.lines().stream().filter(each -> !waiting.containsKey(each.line())).toList();
    if (without.isEmpty()) {
      return;
    }
    var select = writing.session().sql(SELECT_WAITING);
    Columns<KnownLine> columns = new Columns<>(select, without);
    columns.numbers("n", each -> (long) without.indexOf(each));
    columns.texts("type", each -> each.line().type());
    columns.texts("gates", each -> each.line().gates());
    Set<KnownLine> locked = new HashSet<>(select.list(row -> without.get(row.smallNumber("n"))));
    for (KnownLine each : without) {
      if (locked.contains(each)) {
        claims.scanFromTheBeginning(each.line().type());
        lines.blocked(each.line(), writing.now().plusMillis(LOCKED_FOR), writing.now());
      } else {
        writing.announcements().emptied(each);
      }
    }
  }

  /// Claims one task that passes gates. Needs a transaction.
  List<Claimed> claim(WriteTransaction writing, TaskId task, NodeId node) throws SQLException {
    SqlSession session = writing.session();
    List<String> gates =
        session
            .sql(SELECT_GATES)
            .set("id", task.toString())
            .set("now", writing.now())
            .first(row -> GatedLine.names(row.text("gates")))
            .orElse(List.of());
    if (gates.isEmpty() || !session.sql(SELECT_NODE).set("node", node.value()).exists()) {
      return List.of();
    }
    GatePlaces places = GateTable.POSTGRESQL.places(session, Set.copyOf(gates), writing.now());
    if (places.room(gates, 1) < 1) {
      return List.of();
    }
    List<Claimed> claimed = claims.start(writing, List.of(task), node);
    if (!claimed.isEmpty()) {
      places.take(gates);
      GateTable.started(session, places);
    }
    return claimed;
  }

  /// Looks for lines of these types whose tasks came from other nodes.
  ///
  /// @return whether there are any
  boolean look(SqlSession session, Collection<String> types, Instant now) throws SQLException {
    lines.lookBegins(now);
    GatedLine after = lookedUpTo;
    List<GatedLine> next =
        session
            .sql(SELECT_LINES)
            .set("type", after.type())
            .set("gates", after.gates())
            .set("at_most", LINES_AT_ONCE)
            .list(row -> new GatedLine(row.text("type"), row.text("gates")));
    lookedUpTo = next.size() < LINES_AT_ONCE ? FIRST : next.getLast();
    List<GatedLine> gated =
        next.stream()
            .filter(line -> !line.gates().isEmpty() && types.contains(line.type()))
            .toList();
    gated.forEach(lines::found);
    return !gated.isEmpty();
  }
}
