package dev.handoff.jdbc.postgres;

import dev.handoff.HandoffException;
import dev.handoff.Payload;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.Fences;
import dev.handoff.jdbc.row.JoinCandidate;
import dev.handoff.jdbc.row.NewRow;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.NewTask;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Stores new tasks, or joins them to equal ones: one statement, and one more if equal tasks are
/// possible.
public final class Submits {
  /// More tasks in one call wait for a claim, which orders them among the others.
  private static final int STARTED_AT_ONCE = 10;

  /// Another node's equal task may appear, end, and be followed by the next one.
  private static final int ROUNDS = 10;

  private static final String SELECT_JOINABLE =
      """
      select %s from handoff_task
      where join_key = any(array(select unnest(cast(:keys as text[])))) and state in ('queued', 'processing')
      """
          .formatted(JoinCandidate.COLUMNS);

  private static final String SELECT_OF_OWN_KEYS =
      """
      select %s from handoff_task
      where join_key = any(array(select unnest(cast(:keys as text[])))) and left(join_key, 4) = 'key:'
      """
          .formatted(JoinCandidate.COLUMNS);

  private static final String SELECT_CACHED =
      """
      select g.key, g.since, found.result
      from unnest((select cast(:keys as text[])), (select cast(:since as bigint[]))) as g (key, since),
      lateral (
        select t.result from handoff_task t
        where t.cache_key = g.key and t.state = 'completed' and t.finished_at >= g.since
          and t.expires_at > :now
        order by t.finished_at desc
        limit 1
      ) as found
      """;

  private final PostgresTurns turns;
  private final Fences fences;

  /// Tasks that were sent and are not confirmed.
  private final Set<TaskId> uncertain = ConcurrentHashMap.newKeySet();

  public Submits(PostgresTurns turns, Fences fences) {
    this.turns = turns;
    this.fences = fences;
  }

  /// Whether a task may replace an equal one: then the submit needs a transaction.
  static boolean mayReplace(List<NewTask> tasks) {
    return tasks.stream().anyMatch(task -> task.equality().replaces());
  }

  /// Whether a task may join an equal one: then the submit can wait for another transaction.
  public static boolean mayJoin(List<NewTask> tasks) {
    return tasks.stream().anyMatch(task -> task.equality().joinKey() != null);
  }

  /// The answers in the order of the tasks, and the started ones.
  record StoredSubmits(List<SubmitResult> submitted, List<StartedRow> started) {}

  /// Stores all tasks. They may be submitted again if it is unknown whether they were stored.
  public List<SubmitResult> submit(WriteTransaction writing, List<NewTask> tasks)
      throws SQLException {
    return submit(writing, tasks, Optional.empty()).submitted();
  }

  /// As [#submit(WriteTransaction, List)], but starts the tasks at once if this node has capacity
  /// and no task waits for it.
  public StoredSubmits submit(
      WriteTransaction writing, List<NewTask> tasks, Optional<ClaimRequest> request)
      throws SQLException {
    Map<TaskId, SubmitResult> answers = new HashMap<>();
    List<StartedRow> started = List.of();
    List<NewTask> left = withoutStored(writing, tasks, answers);
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      Prepared prepared = prepare(writing, left, answers);
      List<NewRow> rows = prepared.rows();
      if (round == 0 && request.isPresent() && fits(rows, request.get(), writing.now())) {
        started = storeStarted(writing, rows, request.get(), answers);
      }
      left = started.isEmpty() ? store(writing, prepared, answers) : List.of();
    }
    if (!left.isEmpty()) {
      throw tooFast();
    }
    return new StoredSubmits(inOrder(tasks, answers), started);
  }

  /// Tries once to store each task, or to join it to an equal one. Each statement may be a
  /// transaction.
  ///
  /// @return answers to stored and joined tasks; the others met a new equal task
  Map<TaskId, SubmitResult> submitOnce(WriteTransaction writing, List<NewTask> tasks)
      throws SQLException {
    Map<TaskId, SubmitResult> answers = new HashMap<>();
    List<NewTask> left = withoutStored(writing, tasks, answers);
    if (!left.isEmpty()) {
      var ignored = store(writing, prepare(writing, left, answers), answers);
    }
    return answers;
  }

  static HandoffException tooFast() {
    return new HandoffException("equal tasks came and went too fast to join one of them");
  }

  private static List<SubmitResult> inOrder(
      List<NewTask> tasks, Map<TaskId, SubmitResult> answers) {
    return tasks.stream().map(task -> Objects.requireNonNull(answers.get(task.id()))).toList();
  }

  private static boolean fits(List<NewRow> rows, ClaimRequest request, Instant now) {
    Map<String, Integer> rooms = new HashMap<>();
    request.rooms().forEach(room -> rooms.put(room.type(), room.atMost()));
    boolean fits = !rows.isEmpty() && rows.size() <= Math.min(STARTED_AT_ONCE, request.atMost());
    for (NewRow row : rows) {
      fits &=
          row.isPlain()
              && !row.isGated()
              && row.isDue(now)
              && rooms.merge(row.given().type(), -1, Integer::sum) >= 0;
    }
    return fits;
  }

  private List<StartedRow> storeStarted(
      WriteTransaction writing,
      List<NewRow> rows,
      ClaimRequest request,
      Map<TaskId, SubmitResult> answers)
      throws SQLException {
    rows.forEach(row -> uncertain.add(row.given().id()));
    // One for all, whose tasks differ: their first events are then written as one text.
    long fence = fences.first();
    List<StartedRow> started =
        rows.stream().map(row -> StartedRow.of(row, request.node(), fence, writing.now())).toList();
    List<NewRow> stored = started.stream().map(StartedRow::row).toList();
    if (!PostgresInserts.insertStarted(writing.session(), stored, request, writing.now())) {
      return List.of();
    }
    for (NewRow row : stored) {
      TaskId id = row.given().id();
      answers.put(id, new SubmitResult(id, SubmitOrigin.NEW));
      row.announce(writing.announcements());
    }
    return started;
  }

  /// Leaves out the tasks that an unconfirmed commit has stored.
  private List<NewTask> withoutStored(
      WriteTransaction writing, List<NewTask> tasks, Map<TaskId, SubmitResult> answers)
      throws SQLException {
    Set<TaskId> doubts =
        tasks.stream().map(NewTask::id).filter(uncertain::contains).collect(Collectors.toSet());
    if (doubts.isEmpty()) {
      return tasks;
    }
    for (TaskId id : TaskReads.asTheyAre(writing.session(), doubts).keySet()) {
      answers.put(id, new SubmitResult(id, SubmitOrigin.NEW));
      writing.announcements().work(writing.now());
    }
    return tasks.stream().filter(task -> !answers.containsKey(task.id())).toList();
  }

  /// The rows to insert, and the tasks that join one of them.
  private record Prepared(List<NewRow> rows, Map<NewTask, TaskId> joining) {}

  private Prepared prepare(
      WriteTransaction writing, List<NewTask> tasks, Map<TaskId, SubmitResult> answers)
      throws SQLException {
    Instant now = writing.now();
    Map<String, JoinCandidate> open = joinable(writing.session(), tasks);
    Map<Wanted, Payload> cached = cached(writing.session(), tasks, now);
    Map<TaskId, NewRow> rows = new LinkedHashMap<>();
    Map<NewTask, TaskId> joining = new LinkedHashMap<>();
    TakenKeys taken = TakenKeys.none();
    for (NewTask task : tasks) {
      String joinKey = task.equality().joinKey();
      JoinCandidate candidate = joinKey == null ? null : open.get(joinKey);
      if (candidate != null && candidate.serves(task, now)) {
        if (rows.containsKey(candidate.id())) {
          joining.put(task, candidate.id());
        } else {
          answers.put(task.id(), new SubmitResult(candidate.id(), SubmitOrigin.JOINED));
        }
        continue;
      }
      Wanted wanted = wanted(task, now);
      Payload result = wanted == null ? null : cached.get(wanted);
      rows.put(
          task.id(),
          result == null
              ? NewRow.waiting(task, ignored -> 0, now)
              : NewRow.cached(task, result, now));
      if (joinKey != null && result == null) {
        open.put(joinKey, JoinCandidate.of(task));
        if (candidate != null
            && rows.computeIfPresent(candidate.id(), (ignored, row) -> yielding(row, task, now))
                == null) {
          taken.add(candidate, task);
        }
      }
    }
    taken.release(writing);
    return new Prepared(List.copyOf(rows.values()), joining);
  }

  // A row of the same submit, whose key the task takes.
  private static NewRow yielding(NewRow row, NewTask task, Instant now) {
    return task.equality().replaces()
        ? NewRow.replaced(row.given(), task.id(), now)
        : row.withoutJoinKey();
  }

  private List<NewTask> store(
      WriteTransaction writing, Prepared prepared, Map<TaskId, SubmitResult> answers)
      throws SQLException {
    List<NewRow> rows = prepared.rows();
    if (rows.isEmpty()) {
      return List.of();
    }
    List<TaskId> ids = rows.stream().map(row -> row.given().id()).toList();
    uncertain.addAll(ids);
    Set<TaskId> stored =
        PostgresInserts.insert(writing.session(), rows, turns.batch(), writing.now());
    List<NewTask> left = new ArrayList<>();
    for (NewRow row : rows) {
      if (stored.contains(row.given().id())) {
        TaskId id = row.given().id();
        answers.put(
            id, new SubmitResult(id, row.isCached() ? SubmitOrigin.CACHED : SubmitOrigin.NEW));
        row.announce(writing.announcements());
      } else {
        left.add(row.given());
      }
    }
    prepared
        .joining()
        .forEach((task, joined) -> {
          if (stored.contains(joined)) {
            answers.put(task.id(), new SubmitResult(joined, SubmitOrigin.JOINED));
          } else {
            left.add(task);
          }
        });
    return left;
  }

  /// Forgets tasks that will not be submitted again.
  public void answered(List<NewTask> tasks) {
    tasks.forEach(task -> uncertain.remove(task.id()));
  }

  private static Map<String, JoinCandidate> joinable(SqlSession session, List<NewTask> tasks)
      throws SQLException {
    List<String> keys = new ArrayList<>();
    List<String> ownKeys = new ArrayList<>();
    for (NewTask task : tasks) {
      String key = task.equality().joinKey();
      if (key != null) {
        (task.equality().hasOwnKey() ? ownKeys : keys).add(key);
      }
    }
    Map<String, JoinCandidate> found = new HashMap<>();
    if (!ownKeys.isEmpty()) {
      found.putAll(candidates(session, SELECT_OF_OWN_KEYS, ownKeys));
    }
    if (!keys.isEmpty()) {
      found.putAll(candidates(session, SELECT_JOINABLE, keys));
    }
    return found;
  }

  private static Map<String, JoinCandidate> candidates(
      SqlSession session, String select, List<String> keys) throws SQLException {
    Map<String, JoinCandidate> found = new HashMap<>();
    var ignored =
        session
            .sql(select)
            .setTexts("keys", keys)
            .list(row -> found.put(row.text("join_key"), JoinCandidate.read(row)));
    return found;
  }

  /// A key, and the oldest result that it accepts. Equal tasks in a group may accept different
  /// ages.
  private record Wanted(String key, long since) {}

  private static @Nullable Wanted wanted(NewTask task, Instant now) {
    String key = task.equality().cacheKey();
    return key == null || task.equality().cacheFor().isZero()
        ? null
        : new Wanted(key, Millis.of(now.minusMillis(Millis.of(task.equality().cacheFor()))));
  }

  private static Map<Wanted, Payload> cached(SqlSession session, List<NewTask> tasks, Instant now)
      throws SQLException {
    List<String> keys = new ArrayList<>();
    List<Long> since = new ArrayList<>();
    for (NewTask task : tasks) {
      Wanted wanted = wanted(task, now);
      if (wanted != null) {
        keys.add(wanted.key());
        since.add(wanted.since());
      }
    }
    Map<Wanted, Payload> found = new HashMap<>();
    if (!keys.isEmpty()) {
      var ignored =
          session
              .sql(SELECT_CACHED)
              .setTexts("keys", keys)
              .setNumbers("since", since)
              .set("now", now)
              .list(row ->
                  found.put(
                      new Wanted(row.text("key"), row.number("since")),
                      new Payload(row.text("result"))));
    }
    return found;
  }
}
