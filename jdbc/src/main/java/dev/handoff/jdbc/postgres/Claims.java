package dev.handoff.jdbc.postgres;

import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Priority;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.Fences;
import dev.handoff.jdbc.row.LowerPlaces;
import dev.handoff.jdbc.row.LowerPlaces.OwedPlaces;
import dev.handoff.jdbc.row.QueueKey;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.Columns;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Claims tasks in one statement, which skips rows that another node has locked.
public final class Claims {
  /// Reads the first tasks of each queue, as many as its type has capacity for, and ranks them: by
  /// priority, then by lag, the distance of a task's start from its queue's virtual time. The
  /// virtual time is the start of the task that was claimed last here, or the first waiting start
  /// if other nodes have claimed beyond it.
  ///
  /// Lower priorities have a share of the places of each type, and of all places (see
  /// [LowerPlaces]); their first tasks come first. An unknown node gets nothing.
  private static final String CLAIM =
      """
      with queue as (
        select * from unnest(
          (select cast(:kind as bigint[])), (select cast(:type as text[])), (select cast(:priority as bigint[])),
          (select cast(:virtual_now as bigint[])), (select cast(:scan_from as bigint[])), (select cast(:capacity as bigint[])),
          (select cast(:owed as bigint[])), (select cast(:direction as bigint[]))
        ) as q (kind, type, priority, virtual_now, scan_from, capacity, owed, direction)
        where exists (select from handoff_node where id = :node)
      ), found as (
        select next.*, queue.kind, queue.priority, queue.virtual_now, queue.capacity, queue.owed, queue.direction
        from queue, lateral (
          select t.id, t.ctid as at, t.fair_start from handoff_task t
          where t.type = queue.type and t.gates = '' and t.priority = queue.priority and t.state = 'queued'
            and t.ready and t.fair_start >= queue.scan_from and %s
          order by t.fair_start, t.id
          limit queue.capacity
          for update skip locked
        ) as next
      ), ranked as (
        select *,
          fair_start - first_value(fair_start) over own
            + case when virtual_now < first_value(fair_start) over own then 1 else 0 end as lag,
          row_number() over own as nth,
          max(priority) over (partition by kind) as top,
          id < cast(:young as uuid) as old
        from found
        window own as (partition by kind, priority order by fair_start, id)
      ), raised as (
        select id, at, kind, capacity, priority, lag, old,
          case
            when old and priority < top
              and row_number() over (
                partition by kind, old and priority < top order by nth, priority * direction, id) <= owed
            then top else priority
          end as effective_priority
        from ranked
      ), placed as (
        select *, max(effective_priority) over () as highest,
          row_number() over (partition by kind order by effective_priority desc, priority, lag, id) as rank
        from raised
      ), fitting as (
        select *,
          old and effective_priority < highest
            and row_number() over (
              partition by old and effective_priority < highest order by rank, effective_priority * :direction_at_all, id
            ) <= :owed_at_all as first
        from placed where rank <= capacity
      ), chosen as (
        select at from fitting
        order by first desc, effective_priority desc, priority, lag, id
        limit :at_most
      ),
      """
          .formatted(PostgresLateTasks.MAY_START);

  private static final String CLAIM_CHOSEN =
      """
      with chosen as (
        select ctid as at from handoff_task
        where id = any(array(select unnest(cast(:ids as uuid[])))) and state = 'queued'
        for update skip locked
      ),
      """;

  private static final String CLAIM_ONE =
      """
      with chosen as (
        select t.ctid as at from handoff_task t
        where t.id = cast(:id as uuid) and t.gates = '' and t.state = 'queued' and t.due_at <= :now
          and %s and exists (select from handoff_node where id = :node)
        for update skip locked
      ),
      """
          .formatted(PostgresLateTasks.MAY_START);

  /// Applies an [AttemptStarted] as [TaskFold] does. Rows are found by the `ctid` under which they
  /// were locked, without another index scan. A row that was updated between the scan and the lock
  /// has moved; the next claim finds it.
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
              TaskRows.STARTED_COLUMNS.replaceAll("\\w+", "t.$0"),
              "((t.fence >> %1$d) + 1) << %1$d | :fence_bits".formatted(Fences.RANDOM_BITS));

  /// From this many tasks in a second on, a claim scans from where the last one ended.
  private static final int BACKLOG = 1_000;

  /// There are few types, and any number of gates.
  private static final int REMEMBERED_QUEUES = 100_000;

  private final ClaimCursors cursors = new ClaimCursors(BACKLOG);
  private final LowerPlaces lowerPlaces = new LowerPlaces();

  private final Fences fences;

  /// The virtual time of each queue: the start of the task that this process claimed last.
  private final Map<QueueKey, Long> virtualTimes = new ConcurrentHashMap<>();

  public Claims(Fences fences) {
    this.fences = fences;
  }

  /// A started task: the claim for the engine, and the stored row.
  public record Claimed(Claim claim, StoredTask stored, long fairStart) {}

  public interface Claiming {
    List<Claimed> in(WriteTransaction writing) throws SQLException;
  }

  private record Open(QueueKey queue, int kind, int capacity, OwedPlaces owed) {}

  private record StartedClaim(StoredTask stored, long fairStart, Payload request) {
    QueueKey queue() {
      return QueueKey.of(stored.task().type(), stored.task().submission());
    }
  }

  /// Starts attempts. Each statement is a transaction.
  public List<Claimed> claim(WriteTransaction writing, ClaimRequest request) throws SQLException {
    List<Open> queues = queues(request);
    if (queues.isEmpty()) {
      return List.of();
    }
    BoundStatement claim = writing.session().sql(CLAIM + START);
    Columns<Open> columns = new Columns<>(claim, queues);
    columns.numbers("kind", open -> (long) open.kind());
    columns.texts("type", open -> open.queue().type());
    columns.numbers("priority", open -> (long) TaskRows.number(open.queue().priority()));
    columns.numbers("virtual_now", open -> virtualTime(open.queue()));
    columns.numbers("scan_from", open -> scanFrom(open.queue(), writing.now()));
    columns.numbers("capacity", open -> (long) open.capacity());
    columns.numbers("owed", open -> (long) open.owed().places());
    columns.numbers("direction", open -> (long) open.owed().direction());
    OwedPlaces owed = lowerPlaces.owed(request.atMost());
    claim
        .set("owed_at_all", owed.places())
        .set("direction_at_all", owed.direction())
        .set("young", LowerPlaces.submittedBefore(writing.now()).toString())
        .set("at_most", request.atMost());
    List<Claimed> claims = start(claim, writing, request.node());
    boolean fromTheBeginning = !cursors.isUsed();
    note(request, claims);
    return claims.isEmpty() && !fromTheBeginning ? claim(writing, request) : claims;
  }

  private List<Open> queues(ClaimRequest request) {
    List<Open> queues = new ArrayList<>();
    for (int kind = 0; kind < request.rooms().size(); kind++) {
      Room room = request.rooms().get(kind);
      int atMost = Math.min(room.atMost(), request.atMost());
      if (atMost > 0) {
        OwedPlaces owed = lowerPlaces.owed(room.type(), atMost);
        for (Priority priority : Priority.values()) {
          queues.add(new Open(new QueueKey(room.type(), priority, ""), kind, atMost, owed));
        }
      }
    }
    return queues;
  }

  LowerPlaces lowerPlaces() {
    return lowerPlaces;
  }

  /// Returns the smallest start to scan a queue from.
  long scanFrom(QueueKey queue, Instant now) {
    return cursors.of(queue, now);
  }

  void scanFromTheBeginning(String type) {
    cursors.forget(type);
  }

  /// Returns the start of the task that this process claimed last from a queue.
  long virtualTime(QueueKey queue) {
    return virtualTimes.getOrDefault(queue, 0L);
  }

  /// Notes what a claim took, for the order of the next ones.
  void note(ClaimRequest request, List<Claimed> claims) {
    List<String> types = claims.stream().map(each -> each.claim().type()).toList();
    lowerPlaces.given(request, types);
    for (Claimed each : claims) {
      QueueKey queue = QueueKey.of(each.claim().type(), each.claim().submission());
      cursors.taken(queue, each.fairStart());
      if (virtualTimes.size() >= REMEMBERED_QUEUES) {
        virtualTimes.clear();
      }
      virtualTimes.put(queue, each.fairStart());
    }
    if (claims.size() < request.atMost()) {
      for (Room room : request.rooms()) {
        if (Collections.frequency(types, room.type()) < Math.min(room.atMost(), request.atMost())) {
          cursors.forget(room.type());
        }
      }
    }
  }

  public List<Claimed> claim(WriteTransaction writing, TaskId task, NodeId node)
      throws SQLException {
    BoundStatement claim = writing.session().sql(CLAIM_ONE + START).set("id", task.toString());
    return start(claim, writing, node);
  }

  /// Starts attempts of tasks that this transaction has chosen and may have locked.
  List<Claimed> start(WriteTransaction writing, List<TaskId> chosen, NodeId node)
      throws SQLException {
    return chosen.isEmpty()
        ? List.of()
        : start(
            writing
                .session()
                .sql(CLAIM_CHOSEN + START)
                .setTexts("ids", chosen.stream().map(TaskId::toString).toList()),
            writing,
            node);
  }

  private List<Claimed> start(BoundStatement claim, WriteTransaction writing, NodeId node)
      throws SQLException {
    Instant now = writing.now();
    List<StartedClaim> started =
        claim
            .set("node", node.value())
            .set("now", now)
            .set("fence_bits", fences.lowerBits())
            .list(row ->
                new StartedClaim(
                    TaskRows.startedTask(row, node, now),
                    row.number("fair_start"),
                    new Payload(row.text("body"))));
    Map<QueueKey, Long> firsts = new HashMap<>();
    started.forEach(each -> firsts.merge(each.queue(), each.fairStart(), Math::min));
    return started.stream()
        .sorted(order(firsts))
        .map(each -> claimed(each, writing, node))
        .toList();
  }

  private static Comparator<StartedClaim> order(Map<QueueKey, Long> firsts) {
    return Comparator.comparing((StartedClaim each) -> each.queue().priority())
        .reversed()
        .thenComparingLong(each -> each.fairStart() - firsts.getOrDefault(each.queue(), 0L))
        .thenComparing(each -> each.stored().task().id());
  }

  private Claimed claimed(StartedClaim started, WriteTransaction writing, NodeId node) {
    Task task = started.stored().task();
    Lease lease = new Lease(task.id(), node, started.stored().fence());
    int attempt = task.activity().attempt();
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
}
