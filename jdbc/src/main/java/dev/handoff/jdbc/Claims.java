package dev.handoff.jdbc;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Priority;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Queued;
import dev.handoff.jdbc.TaskTable.Requested;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Gives waiting tasks to nodes.
final class Claims {
  /// So many delayed tasks of a type become claimable at once; the next claim takes the next ones.
  private static final int PROMOTED_AT_ONCE = 500;

  /// Answered from the index handoff_task_ready alone.
  private static final String SELECT_READY =
      """
      select id, type, priority, coalesce(fair_start, 0) as start from handoff_task
      where type = :type and state = 'queued' and ready = 1
      order by priority desc, fair_start, id
      limit :at_most
      """;

  private static final String SELECT_DUE =
      """
      select id, type, priority, tenant, fair_start from handoff_task
      where type = :type and state = 'queued' and ready = 0 and due_at <= :now
      order by due_at
      limit :at_most
      """;

  private static final String PROMOTE =
      "update handoff_task set ready = 1, fair_start = :fair_start where id = :id";

  private static final String SELECT_NODE = "select 1 from handoff_node where id = :id";

  private final FairShare fairShare;
  private final Fences fences;

  Claims(FairShare fairShare, Fences fences) {
    this.fairShare = fairShare;
    this.fences = fences;
  }

  private record Candidate(TaskId id, String type, Priority priority, long start) {}

  /// The candidates of one type in their order, and whether there are no others.
  private record Line(Deque<Candidate> waiting, boolean complete) {}

  List<Claim> claim(Writing writing, ClaimRequest request) throws SQLException {
    Session session = writing.session();
    Instant now = writing.now();
    if (isUnknown(session, request.node())) {
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    for (Room room : request.rooms()) {
      int atMost = Math.min(room.atMost(), request.atMost());
      if (atMost > 0) {
        promote(session, room.type(), now);
        lines.add(line(session, room.type(), atMost));
      }
    }
    List<TaskId> chosen = choose(lines, request.atMost()).stream().map(Candidate::id).toList();
    return start(writing, chosen, request.node());
  }

  /// Takes this one task if it is due.
  Optional<Claim> claim(Writing writing, TaskId id, NodeId node) throws SQLException {
    Session session = writing.session();
    return isUnknown(session, node)
        ? Optional.empty()
        : start(writing, List.of(id), node).stream().findFirst();
  }

  // What a node holds that is not in the table would be taken back at once.
  private static boolean isUnknown(Session session, NodeId node) throws SQLException {
    return !session.sql(SELECT_NODE).set("id", node.value()).exists();
  }

  private void promote(Session session, String type, Instant now) throws SQLException {
    record Due(TaskId id, Long fairStart) {}
    List<Due> due =
        session
            .sql(SELECT_DUE)
            .set("type", type)
            .set("now", now)
            .set("at_most", PROMOTED_AT_ONCE)
            .list(row -> {
              Long turn = row.numberOrNull("fair_start");
              return new Due(
                  TaskReading.id(row),
                  turn != null
                      ? turn
                      : Long.valueOf(
                          fairShare.next(
                              type, TaskReading.priority(row), row.textOrNull("tenant"))));
            });
    for (Due each : due) {
      session
          .sql(PROMOTE)
          .set("fair_start", each.fairStart())
          .set("id", each.id().toString())
          .update();
    }
  }

  private static Line line(Session session, String type, int atMost) throws SQLException {
    List<Candidate> found =
        session
            .sql(SELECT_READY)
            .set("type", type)
            .set("at_most", atMost)
            .list(row ->
                new Candidate(
                    TaskReading.id(row),
                    row.text("type"),
                    TaskReading.priority(row),
                    row.number("start")));
    return new Line(new ArrayDeque<>(found), found.size() < atMost);
  }

  private List<Candidate> choose(List<Line> lines, int atMost) {
    List<Candidate> chosen = new ArrayList<>();
    while (chosen.size() < atMost) {
      Optional<Line> next =
          lines.stream()
              .filter(line -> !line.waiting().isEmpty())
              .min(Comparator.comparing(line -> line.waiting().getFirst(), this::compare));
      if (next.isEmpty()) {
        break;
      }
      Candidate taken = next.get().waiting().removeFirst();
      fairShare.claimed(taken.type(), taken.priority(), taken.start());
      chosen.add(taken);
      if (next.get().complete() && next.get().waiting().isEmpty()) {
        fairShare.drained(taken.type());
      }
    }
    return chosen;
  }

  private int compare(Candidate one, Candidate other) {
    int byPriority = other.priority().compareTo(one.priority());
    if (byPriority != 0) {
      return byPriority;
    }
    int byTurn = Long.compare(ahead(one), ahead(other));
    return byTurn != 0 ? byTurn : one.id().compareTo(other.id());
  }

  private long ahead(Candidate candidate) {
    return fairShare.ahead(candidate.type(), candidate.priority(), candidate.start());
  }

  private List<Claim> start(Writing writing, List<TaskId> ids, NodeId node) throws SQLException {
    Session session = writing.session();
    Instant now = writing.now();
    List<Claim> claims = new ArrayList<>();
    for (Requested each : TaskTable.openAmong(session, ids)) {
      Task task = each.stored().task();
      if (task.state() instanceof Queued queued && !queued.dueAt().isAfter(now)) {
        Lease lease = new Lease(task.id(), node, fences.next(each.stored().fence()));
        AttemptStarted started = new AttemptStarted(task.activity().attempt() + 1, lease);
        Appends.apply(writing, each.stored(), List.of(started));
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
