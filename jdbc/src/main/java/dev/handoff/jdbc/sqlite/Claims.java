package dev.handoff.jdbc.sqlite;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Priority;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskState.Waiting;
import dev.handoff.jdbc.row.Fences;
import dev.handoff.jdbc.row.LowerPlaces;
import dev.handoff.jdbc.row.LowerPlaces.OwedPlaces;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sqlite.ClaimChoice.Candidate;
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
import org.jspecify.annotations.Nullable;

/// Claims tasks.
public final class Claims {
  /// How many delayed tasks of a type are promoted at once; the next claim promotes the next ones.
  private static final int PROMOTED_AT_ONCE = 500;

  /// Reads the index handoff_task_ready only.
  private static final String SELECT_READY =
      """
      select id, type, priority, fair_start from handoff_task
      where type = :type and state = 'queued' and ready = 1
      order by priority desc, fair_start, id
      limit :at_most
      """;

  private static final String SELECT_READY_OF_PRIORITY =
      """
      select id, type, priority, fair_start from handoff_task
      where type = :type and priority = :priority and state = 'queued' and ready = 1
      order by fair_start, id
      limit :at_most
      """;

  private static final String SELECT_DUE =
      """
      select id, type, priority, tenant, fair_start from handoff_task
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

  private final FairShare fairShare;
  private final Fences fences;

  private final LowerPlaces lowerPlaces = new LowerPlaces();

  public Claims(FairShare fairShare, Fences fences) {
    this.fairShare = fairShare;
    this.fences = fences;
  }

  public List<Claim> claim(WriteTransaction writing, ClaimRequest request) throws SQLException {
    SqlSession session = writing.session();
    if (isUnknown(session, request.node())) {
      return List.of();
    }
    ClaimChoice choice = new ClaimChoice(fairShare);
    TaskId young = LowerPlaces.submittedBefore(writing.now());
    for (Room room : request.rooms()) {
      int atMost = Math.min(room.atMost(), request.atMost());
      if (atMost > 0) {
        promote(session, room.type(), writing.now());
        List<Candidate> waiting = waiting(session, room.type(), atMost);
        choice.add(waiting, owed(session, waiting, atMost, young), atMost);
      }
    }
    List<Candidate> chosen =
        choice.choose(request.atMost(), lowerPlaces.owed(request.atMost()), young);
    lowerPlaces.given(request, chosen.stream().map(Candidate::type).toList());
    return start(writing, chosen.stream().map(Candidate::id).toList(), request.node());
  }

  /// Notes the cancellation of a task that may have waited for its turn.
  public void cancelled(Task before) {
    if (before.state() instanceof Queued queued && queued.waiting() instanceof Waiting.Submitted) {
      fairShare.gaveUp(before.type(), before.submission().priority(), before.submission().tenant());
    }
  }

  public Optional<Claim> claim(WriteTransaction writing, TaskId id, NodeId node)
      throws SQLException {
    SqlSession session = writing.session();
    return isUnknown(session, node)
        ? Optional.empty()
        : start(writing, List.of(id), node).stream().findFirst();
  }

  // What a node holds that is not in the table would be taken back at once.
  private static boolean isUnknown(SqlSession session, NodeId node) throws SQLException {
    return !session.sql(SELECT_NODE).set("id", node.value()).exists();
  }

  private void promote(SqlSession session, String type, Instant now) throws SQLException {
    record Due(TaskId id, @Nullable Long fairStart) {}
    List<Due> due =
        session
            .sql(SELECT_DUE)
            .set("type", type)
            .set("now", now)
            .set("at_most", PROMOTED_AT_ONCE)
            .list(row ->
                new Due(
                    TaskRows.id(row),
                    row.numberOrNull("fair_start") == null
                        ? Long.valueOf(
                            fairShare.next(type, TaskRows.priority(row), row.textOrNull("tenant")))
                        : null));
    for (Due each : due) {
      session
          .sql(PROMOTE)
          .set("fair_start", each.fairStart())
          .set("id", each.id().toString())
          .update();
    }
  }

  private static List<Candidate> waiting(SqlSession session, String type, int atMost)
      throws SQLException {
    return candidates(session.sql(SELECT_READY).set("type", type).set("at_most", atMost));
  }

  private List<Candidate> owed(
      SqlSession session, List<Candidate> waiting, int places, TaskId young) throws SQLException {
    if (waiting.isEmpty()) {
      return List.of();
    }
    Candidate first = waiting.getFirst();
    OwedPlaces owed = lowerPlaces.owed(first.type(), places);
    List<Candidate> lower = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      if (owed.places() > 0 && priority.compareTo(first.priority()) < 0) {
        lower.addAll(
            candidates(
                session
                    .sql(SELECT_READY_OF_PRIORITY)
                    .set("type", first.type())
                    .set("priority", TaskRows.number(priority))
                    .set("at_most", owed.places())));
      }
    }
    return ClaimChoice.owed(lower.stream(), owed, young);
  }

  private static List<Candidate> candidates(BoundStatement select) throws SQLException {
    Map<Priority, Integer> places = new EnumMap<>(Priority.class);
    return select.list(row -> {
      Priority priority = TaskRows.priority(row);
      return new Candidate(
          TaskRows.id(row),
          row.text("type"),
          priority,
          row.number("fair_start"),
          places.merge(priority, 1, Integer::sum));
    });
  }

  private List<Claim> start(WriteTransaction writing, List<TaskId> ids, NodeId node)
      throws SQLException {
    SqlSession session = writing.session();
    Instant now = writing.now();
    List<Claim> claims = new ArrayList<>();
    for (Requested each : TaskTable.openAmong(session, ids)) {
      Task task = each.stored().task();
      if (task.state() instanceof Queued queued && !queued.dueAt().isAfter(now)) {
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
