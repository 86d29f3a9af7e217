package dev.handoff.jdbc;

import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Priority;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Gives waiting tasks to nodes, in one statement that passes by what another node is taking.
final class PostgresClaims {
  /// So many delayed tasks become claimable at once; the next claim takes the next ones.
  private static final int PROMOTED_AT_ONCE = 500;

  /// The lines of all types and priorities, each as far as there is room; of these the first, by
  /// priority and then by how far each is ahead of its line's present. A node that is not known
  /// gets nothing.
  private static final String CLAIM =
      """
      with line as (
        select * from unnest(
          (select cast(:type as text[])), (select cast(:priority as bigint[])), (select cast(:present as bigint[])),
          (select cast(:head as bigint[])), (select cast(:room as bigint[]))
        ) as l (type, priority, present, head, room)
        where exists (select from handoff_node where id = :node)
      ), found as (
        select head.id, head.at, line.type, line.priority, line.room,
          head.fair_start - line.present as ahead
        from line, lateral (
          select t.id, t.ctid as at, t.fair_start from handoff_task t
          where t.type = line.type and t.priority = line.priority and t.state = 'queued'
            and t.ready and t.fair_start >= line.head
          order by t.fair_start, t.id
          limit line.room
          for update skip locked
        ) as head
      ), placed as (
        select *, row_number() over (partition by type order by priority desc, ahead, id) as place
        from found
      ), chosen as (
        select at from placed where place <= room
        order by priority desc, ahead, id
        limit :at_most
      ),
      """;

  /// This one task, if it is due.
  private static final String CLAIM_ONE =
      """
      with chosen as (
        select ctid as at from handoff_task
        where id = cast(:id as uuid) and state = 'queued' and due_at <= :now
          and exists (select from handoff_node where id = :node)
        for update skip locked
      ),
      """;

  /// What [TaskFold] makes of the event that an attempt started. The rows are where they were
  /// locked, so no index is asked again. One that somebody changed between this statement's look
  /// and its lock is elsewhere by then: it is passed by, and waits for the next claim.
  private static final String START =
      """
      started as (
        update handoff_task t set
          state = 'processing', ready = false, due_at = null, waiting = null, message = null,
          failure_kind = null, node = :node, fence = %2$s, attempt = t.attempt + 1,
          percent = 0, progress_message = null, progress_step = null,
          started_at = coalesce(t.started_at, :now), updated_at = :now, last_seq = t.last_seq + 1
        where t.ctid = any(array(select at from chosen))
        returning %1$s, t.fair_start
      ), logged as (
        insert into handoff_event (task_id, seq, at, body)
        select id, last_seq, :now,
          '{"type":"attemptStarted","attempt":' || attempt || ',"node":' || cast(to_json(cast(:node as text)) as text)
            || ',"fence":' || fence || '}'
        from started
      )
      select s.*, f.request as body from started s
      join handoff_submitted f on f.task_id = s.id
      """
          .formatted(
              TaskReading.STARTED_COLUMNS.replaceAll("\\w+", "t.$0"),
              "((t.fence >> %1$d) + 1) << %1$d | :fence_bits".formatted(Fences.RANDOM_BITS));

  private static final String SELECT_DUE =
      """
      select t.id, t.type, t.priority, t.tenant, t.fair_start
      from unnest((select cast(:types as text[]))) as g (type), lateral (
        select * from handoff_task t
        where t.type = g.type and t.state = 'queued' and not t.ready and t.due_at <= :now
        order by t.due_at
        limit :at_most
        for update skip locked
      ) as t
      """;

  private static final String PROMOTE =
      """
      update handoff_task t set ready = true, fair_start = g.fair_start
      from unnest((select cast(:ids as uuid[])), (select cast(:fair_start as bigint[]))) as g (id, fair_start)
      where t.id = g.id
      """;

  private static final String SELECT_NEXT_DELAYED =
      "select min(due_at) as due_at from handoff_task where state = 'queued' and not ready";

  private final FairShare fairShare;
  private final Fences fences;
  private final LineHeads heads = new LineHeads();

  /// When the first delayed task that this process knows of is due. Others' are found when there is
  /// nothing else.
  private final AtomicReference<Instant> nextDelayed = new AtomicReference<>(Instant.MIN);

  PostgresClaims(FairShare fairShare, Fences fences) {
    this.fairShare = fairShare;
    this.fences = fences;
  }

  /// A task that was started, as the engine sees it and as it is stored now.
  record Claimed(Claim claim, StoredTask stored, long fairStart) {}

  /// Starts attempts.
  interface Claiming {
    List<Claimed> in(Writing writing) throws SQLException;
  }

  private record Line(String type, Priority priority, int room) {}

  private record Started(StoredTask stored, long fairStart, Payload request) {}

  /// Starts attempts. Each statement is a transaction.
  List<Claimed> claim(Writing writing, ClaimRequest request) throws SQLException {
    List<Line> lines = new ArrayList<>();
    for (Room room : request.rooms()) {
      int atMost = Math.min(room.atMost(), request.atMost());
      if (atMost > 0) {
        for (Priority priority : Priority.values()) {
          lines.add(new Line(room.type(), priority, atMost));
        }
      }
    }
    if (lines.isEmpty()) {
      return List.of();
    }
    BoundStatement claim = writing.session().sql(CLAIM + START);
    Columns<Line> columns = new Columns<>(claim, lines);
    columns.texts("type", Line::type);
    columns.numbers("priority", line -> (long) TaskReading.number(line.priority()));
    columns.numbers("present", line -> fairShare.present(line.type(), line.priority()));
    columns.numbers("head", line -> heads.of(line.type(), line.priority(), writing.now()));
    columns.numbers("room", line -> (long) line.room());
    claim.set("at_most", request.atMost());
    List<Claimed> claims = start(claim, writing, request.node());
    claims.forEach(each ->
        heads.taken(each.claim().type(), each.claim().submission().priority(), each.fairStart()));
    if (claims.size() < request.atMost()) {
      noteDrained(lines, claims);
    }
    return claims;
  }

  private void noteDrained(List<Line> lines, List<Claimed> claims) {
    Map<String, Integer> taken = new HashMap<>();
    claims.forEach(each -> taken.merge(each.claim().type(), 1, Integer::sum));
    for (Line line : lines) {
      if (taken.getOrDefault(line.type(), 0) < line.room()) {
        heads.forget(line.type());
        if (!claims.isEmpty()) {
          fairShare.drained(line.type());
        }
      }
    }
  }

  /// Takes this one task if it is due.
  List<Claimed> claim(Writing writing, TaskId task, NodeId node) throws SQLException {
    BoundStatement claim = writing.session().sql(CLAIM_ONE + START).set("id", task.toString());
    return start(claim, writing, node);
  }

  private List<Claimed> start(BoundStatement claim, Writing writing, NodeId node)
      throws SQLException {
    Instant now = writing.now();
    List<Started> started =
        claim
            .set("node", node.value())
            .set("now", now)
            .set("fence_bits", fences.lowerBits())
            .list(row ->
                new Started(
                    TaskReading.startedTask(row, node, now),
                    row.number("fair_start"),
                    new Payload(row.text("body"))));
    List<Claimed> claims = new ArrayList<>(started.size());
    started.stream().sorted(order()).forEach(each -> claims.add(claimed(each, writing, node)));
    return claims;
  }

  private Comparator<Started> order() {
    return Comparator.comparing((Started each) -> each.stored().task().submission().priority())
        .reversed()
        .thenComparingLong(each -> {
          Task task = each.stored().task();
          return fairShare.ahead(task.type(), task.submission().priority(), each.fairStart());
        })
        .thenComparing(each -> each.stored().task().id());
  }

  private Claimed claimed(Started started, Writing writing, NodeId node) {
    Task task = started.stored().task();
    Lease lease = new Lease(task.id(), node, started.stored().fence());
    int attempt = task.activity().attempt();
    fairShare.claimed(task.type(), task.submission().priority(), started.fairStart());
    writing
        .announcements()
        .events(
            task.id(),
            List.of(
                new LoggedEvent(
                    task.activity().lastEvent(),
                    writing.now(),
                    new AttemptStarted(attempt, lease))));
    Claim claim =
        new Claim(
            lease,
            task.type(),
            task.submission(),
            attempt,
            task.activity().maxAttempts(),
            started.stored().round(),
            writing.now(),
            started.request(),
            task.activity().lastEvent());
    return new Claimed(claim, started.stored(), started.fairStart());
  }

  /// Notes that a task will be due then.
  void noteDelayed(Instant due) {
    nextDelayed.accumulateAndGet(due, (one, other) -> one.isBefore(other) ? one : other);
  }

  /// Whether a delayed task is known to be due.
  boolean knowsDelayed(Instant now) {
    return !nextDelayed.get().isAfter(now);
  }

  /// Lets delayed tasks that are due now take their turns. Needs a transaction around it.
  ///
  /// @return how many
  int promote(Writing writing, List<String> types) throws SQLException {
    record Due(String id, Long fairStart) {}
    List<Due> due =
        writing
            .session()
            .sql(SELECT_DUE)
            .setTexts("types", types)
            .set("now", writing.now())
            .set("at_most", PROMOTED_AT_ONCE)
            .list(row -> {
              Long turn = row.numberOrNull("fair_start");
              return new Due(
                  row.text("id"),
                  turn != null
                      ? turn
                      : Long.valueOf(
                          fairShare.next(
                              row.text("type"),
                              TaskReading.priority(row),
                              row.textOrNull("tenant"))));
            });
    if (!due.isEmpty()) {
      BoundStatement promote = writing.session().sql(PROMOTE);
      Columns<Due> columns = new Columns<>(promote, due);
      columns.texts("ids", Due::id);
      columns.numbers("fair_start", Due::fairStart);
      promote.update();
    }
    lookForNext(writing.session());
    return due.size();
  }

  private void lookForNext(Session session) throws SQLException {
    Instant known = nextDelayed.get();
    Instant next =
        session
            .sql(SELECT_NEXT_DELAYED)
            .first(row -> Optional.ofNullable(row.timeOrNull("due_at")))
            .flatMap(due -> due)
            .orElse(Instant.MAX);
    // Unless a nearer one came in between.
    nextDelayed.compareAndSet(known, next);
  }
}
