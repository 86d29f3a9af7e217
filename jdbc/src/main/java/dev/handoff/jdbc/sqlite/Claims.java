package dev.handoff.jdbc.sqlite;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Priority;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Queued;
import dev.handoff.jdbc.row.ClaimChoice;
import dev.handoff.jdbc.row.ClaimChoice.Candidate;
import dev.handoff.jdbc.row.Fences;
import dev.handoff.jdbc.row.GateLines;
import dev.handoff.jdbc.row.GateLines.KnownLine;
import dev.handoff.jdbc.row.GatePlaces;
import dev.handoff.jdbc.row.GateTable;
import dev.handoff.jdbc.row.GatedLine;
import dev.handoff.jdbc.row.LowerPlaces;
import dev.handoff.jdbc.row.LowerPlaces.OwedPlaces;
import dev.handoff.jdbc.row.QueueKey;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.UsableLines;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sqlite.TaskTable.Requested;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Claims tasks.
public final class Claims {
  /// How many delayed tasks of a type are promoted at once; the next claim promotes the next ones.
  private static final int PROMOTED_AT_ONCE = 500;

  /// How many tasks a claim cancels because they are too late; it starts no further ones either.
  private static final int CANCELLED_AT_ONCE = 500;

  /// Reads the index handoff_task_ready only.
  private static final String SELECT_READY =
      """
      select id, type, gates, priority, fair_start from handoff_task
      where type = :type and gates = :gates and state = 'queued' and ready = 1
      order by priority desc, fair_start, id
      limit :at_most
      """;

  private static final String SELECT_READY_OF_PRIORITY =
      """
      select id, type, gates, priority, fair_start from handoff_task
      where type = :type and gates = :gates and priority = :priority and state = 'queued' and ready = 1
      order by fair_start, id
      limit :at_most
      """;

  private static final String SELECT_DUE =
      """
      select id, type, gates, priority, tenant, fair_start from handoff_task
      where type = :type and state = 'queued' and ready = 0 and due_at <= :now
      order by due_at
      limit :at_most
      """;

  /// Tasks that had a turn before go to the front of their queue.
  private static final String PROMOTE =
      """
      update handoff_task set ready = 1, fair_start = coalesce(:fair_start, %s) where id = :id
      """
          .formatted(FairShare.FRONT);

  private static final String SELECT_NODE = "select 1 from handoff_node where id = :id";

  private static final String SELECT_GATES = "select gates from handoff_task where id = :id";

  private final FairShare fairShare;
  private final Fences fences;
  private final GateLines lines;
  private final LateTasks late;

  private final LowerPlaces lowerPlaces = new LowerPlaces();

  public Claims(FairShare fairShare, Fences fences, GateLines lines, LateTasks late) {
    this.fairShare = fairShare;
    this.fences = fences;
    this.lines = lines;
    this.late = late;
  }

  public List<Claim> claim(WriteTransaction writing, ClaimRequest request) throws SQLException {
    SqlSession session = writing.session();
    if (isUnknown(session, request.node())) {
      return List.of();
    }
    var ignored = late.cancel(writing, CANCELLED_AT_ONCE);
    for (Room room : request.rooms()) {
      if (room.atMost() > 0) {
        promote(session, room.type(), writing.now());
      }
    }
    UsableLines gated = UsableLines.of(lines, GateTable.SQLITE, writing, request);
    TaskId young = LowerPlaces.submittedBefore(writing.now());
    ClaimChoice choice = new ClaimChoice(fairShare, gated.places(), request);
    Choosing choosing = new Choosing(session, choice, young);
    for (Room room : request.rooms()) {
      add(choosing, new GatedLine(room.type(), ""), Math.min(room.atMost(), request.atMost()));
    }
    for (KnownLine each : gated.lines()) {
      int atMost = gated.places().room(each.line().names(), capacity(request, each.line().type()));
      if (!add(choosing, each.line(), atMost)) {
        writing.announcements().emptied(each);
        fairShare.drained(each.line());
      }
    }
    List<Candidate> chosen =
        choice.choose(request.atMost(), lowerPlaces.owed(request.atMost()), young);
    lowerPlaces.given(request, chosen.stream().map(each -> each.queue().type()).toList());
    GateTable.started(session, gated.places());
    return start(writing, chosen.stream().map(Candidate::id).toList(), request.node());
  }

  private static int capacity(ClaimRequest request, String type) {
    return request.rooms().stream()
        .filter(room -> room.type().equals(type))
        .mapToInt(room -> Math.min(room.atMost(), request.atMost()))
        .sum();
  }

  private record Choosing(SqlSession session, ClaimChoice choice, TaskId young) {}

  /// Adds the first tasks of a line.
  ///
  /// @return whether there are any
  private boolean add(Choosing choosing, GatedLine line, int atMost) throws SQLException {
    if (atMost < 1) {
      return true;
    }
    List<Candidate> waiting = waiting(choosing.session(), line, atMost);
    choosing.choice().add(waiting, owed(choosing, waiting, atMost), atMost);
    return !waiting.isEmpty();
  }

  /// Notes the cancellation of a task that may have waited for its turn.
  public void cancelled(Task before) {
    fairShare.gaveUp(before);
  }

  /// Claims one task, if it is due and its gates have room.
  public Optional<Claim> claim(WriteTransaction writing, TaskId id, NodeId node)
      throws SQLException {
    SqlSession session = writing.session();
    Optional<String> gates =
        isUnknown(session, node)
            ? Optional.empty()
            : session.sql(SELECT_GATES).set("id", id.toString()).first(row -> row.text("gates"));
    if (gates.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = GatedLine.names(gates.get());
    GatePlaces places = GateTable.SQLITE.places(session, Set.copyOf(names), writing.now());
    if (places.room(names, 1) < 1) {
      return Optional.empty();
    }
    Optional<Claim> started = start(writing, List.of(id), node).stream().findFirst();
    if (started.isPresent()) {
      places.take(names);
      GateTable.started(session, places);
    }
    return started;
  }

  // What a node holds that is not in the table would be taken back at once.
  private static boolean isUnknown(SqlSession session, NodeId node) throws SQLException {
    return !session.sql(SELECT_NODE).set("id", node.value()).exists();
  }

  private void promote(SqlSession session, String type, Instant now) throws SQLException {
    record Due(TaskId id, GatedLine line, @Nullable Long fairStart) {}
    List<Due> due =
        session
            .sql(SELECT_DUE)
            .set("type", type)
            .set("now", now)
            .set("at_most", PROMOTED_AT_ONCE)
            .list(row -> {
              QueueKey queue = TaskRows.queue(row);
              boolean first = row.numberOrNull("fair_start") == null;
              return new Due(
                  TaskRows.id(row),
                  queue.line(),
                  first ? Long.valueOf(fairShare.next(queue, row.textOrNull("tenant"))) : null);
            });
    for (Due each : due) {
      session
          .sql(PROMOTE)
          .set("fair_start", each.fairStart())
          .set("id", each.id().toString())
          .update();
      if (!each.line().gates().isEmpty()) {
        lines.waits(each.line());
      }
    }
  }

  private static List<Candidate> waiting(SqlSession session, GatedLine line, int atMost)
      throws SQLException {
    return candidates(
        session
            .sql(SELECT_READY)
            .set("type", line.type())
            .set("gates", line.gates())
            .set("at_most", atMost));
  }

  private List<Candidate> owed(Choosing choosing, List<Candidate> waiting, int places)
      throws SQLException {
    if (waiting.isEmpty()) {
      return List.of();
    }
    QueueKey first = waiting.getFirst().queue();
    OwedPlaces owed = lowerPlaces.owed(first.type(), places);
    List<Candidate> lower = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      if (owed.places() > 0 && priority.compareTo(first.priority()) < 0) {
        lower.addAll(
            candidates(
                choosing
                    .session()
                    .sql(SELECT_READY_OF_PRIORITY)
                    .set("type", first.type())
                    .set("gates", first.gates())
                    .set("priority", TaskRows.number(priority))
                    .set("at_most", owed.places())));
      }
    }
    return ClaimChoice.owed(lower.stream(), owed, choosing.young());
  }

  private static List<Candidate> candidates(BoundStatement select) throws SQLException {
    Map<Priority, Integer> places = new EnumMap<>(Priority.class);
    return select.list(row -> {
      QueueKey queue = TaskRows.queue(row);
      return new Candidate(
          TaskRows.id(row),
          queue,
          row.number("fair_start"),
          places.merge(queue.priority(), 1, Integer::sum));
    });
  }

  private List<Claim> start(WriteTransaction writing, List<TaskId> ids, NodeId node)
      throws SQLException {
    SqlSession session = writing.session();
    Instant now = writing.now();
    List<Claim> claims = new ArrayList<>();
    for (Requested each : TaskTable.openAmong(session, ids)) {
      Task task = each.stored().task();
      if (task.state() instanceof Queued queued
          && !queued.dueAt().isAfter(now)
          && !task.isTooLate(now)) {
        Lease lease = new Lease(task.id(), node, fences.next(each.stored().fence()));
        AttemptStarted started = new AttemptStarted(task.activity().attempt() + 1, lease);
        TaskWrites.apply(writing, each.stored(), List.of(started));
        claims.add(
            new Claim(
                lease,
                task.type(),
                task.submission(),
                started.attempt(),
                task.activity().maxAttempts(),
                each.stored().round(),
                now,
                each.request(),
                task.activity().lastEvent() + 1));
      }
    }
    return claims;
  }
}
