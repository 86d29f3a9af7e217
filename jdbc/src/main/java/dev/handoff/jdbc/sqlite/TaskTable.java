package dev.handoff.jdbc.sqlite;

import static java.util.stream.Collectors.joining;

import dev.handoff.Lease;
import dev.handoff.Payload;
import dev.handoff.Progress;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.Usage;
import dev.handoff.jdbc.row.GatedLine;
import dev.handoff.jdbc.row.NewRow;
import dev.handoff.jdbc.row.StateColumns;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.store.NewTask;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes rows of `handoff_task`, and reads them for a write.
public final class TaskTable {
  private static final String INSERT =
      """
      insert into handoff_task (
        id, type, owner, tenant, subject, priority, start_at, start_before, state, ready, fair_start,
        due_at, waiting, fence, attempt, max_attempts, percent, usage_model, input_tokens, output_tokens,
        retention, created_at, updated_at, finished_at, expires_at, last_seq, join_key, cache_key,
        result, announce, gates)
      values (
        :id, :type, :owner, :tenant, :subject, :priority, :start_at, :start_before, :state, :ready,
        :fair_start, :due_at, :waiting, 0, 0, :max_attempts, :percent, '', 0, 0, :retention, :created_at,
        :updated_at, :finished_at, :expires_at, :last_seq, :join_key, :cache_key, :result,
        :announce, :gates)
      """;

  private static final String INSERT_REQUEST =
      "insert into handoff_request (task_id, body) values (:id, :body)";

  private static final String SELECT_OPEN =
      "select * from handoff_task where id = :id and state in ('queued', 'processing')";

  private static final String SELECT_HELD =
      """
      select * from handoff_task
      where id = :id and state = 'processing' and fence = :fence and node = :node
      """;

  /// One query for all, because a query costs the driver more than a row.
  private static final String SELECT_OPEN_AMONG =
      """
      select t.*, r.body from json_each(:ids) as given
      join handoff_task t on t.id = given.value
      join handoff_request r on r.task_id = t.id
      where t.state in ('queued', 'processing')
      order by given.key
      """;

  /// Sets every column that a change of state may touch. State and fence guard the row. A task that
  /// waits again at once goes to the front of its queue.
  private static final String MOVE =
      """
      update handoff_task set
        state = :state, ready = :ready,
        fair_start = case when :ready = 1 then coalesce(%s) else fair_start end, due_at = :due_at, waiting = :waiting, message = :message,
        failure_kind = :failure_kind, node = :node, fence = :fence, attempt = :attempt,
        percent = :percent, progress_message = :progress_message, progress_step = :progress_step,
        usage_model = :usage_model, input_tokens = :input_tokens, output_tokens = :output_tokens,
        started_at = :started_at, updated_at = :updated_at, finished_at = :finished_at,
        expires_at = :expires_at, last_seq = :last_seq, result = :result
      where id = :id and state = :from_state and fence = :from_fence
      """
          .formatted(FairShare.FRONT);

  /// Stores events of a running attempt: no index changes.
  private static final String REPORT =
      """
      update handoff_task set
        percent = :percent, progress_message = :progress_message, progress_step = :progress_step,
        usage_model = :usage_model, input_tokens = :input_tokens, output_tokens = :output_tokens,
        updated_at = :updated_at, last_seq = :last_seq
      where id = :id and state = 'processing' and fence = :fence
      """;

  private TaskTable() {}

  /// A task and its request.
  record Requested(StoredTask stored, Payload request) {}

  static void insert(SqlSession session, NewRow row) throws SQLException {
    Task task = row.task();
    NewTask given = row.given();
    NewRow.QueueKeys keys = row.keys();
    StateColumns columns = StateColumns.of(task.state());
    session
        .sql(INSERT)
        .set("id", task.id().toString())
        .set("type", task.type())
        .set("owner", task.submission().owner())
        .set("tenant", task.submission().tenant())
        .set("subject", task.submission().subject())
        .set("priority", TaskRows.number(task.submission().priority()))
        .set("gates", GatedLine.text(task.submission().gates()))
        .set("start_at", task.submission().startAt())
        .set("start_before", task.submission().startBefore())
        .set("state", task.state().word())
        .set("ready", columns.readyAt(task.timeline().updatedAt()))
        .set("fair_start", keys.fairStart())
        .set("due_at", columns.place().dueAt())
        .set("waiting", columns.reason().waiting())
        .set("max_attempts", task.activity().maxAttempts())
        .set("percent", task.activity().progress().percent())
        .set("retention", Millis.of(given.policy().retention()))
        .set("created_at", task.timeline().createdAt())
        .set("updated_at", task.timeline().updatedAt())
        .set("finished_at", columns.finishedAt())
        .set("expires_at", task.timeline().expiresAt())
        .set("last_seq", task.activity().lastEvent())
        .set("join_key", keys.joinKey())
        .set("cache_key", keys.cacheKey())
        .set("result", columns.result())
        .set("announce", given.policy().announceEnd() ? Long.valueOf(1) : null)
        .update();
    session
        .sql(INSERT_REQUEST)
        .set("id", task.id().toString())
        .set("body", given.request().text())
        .update();
  }

  /// Returns the task, unless it has ended or is unknown.
  static Optional<StoredTask> open(SqlSession session, TaskId id) throws SQLException {
    return session.sql(SELECT_OPEN).set("id", id.toString()).first(TaskRows::storedTask);
  }

  /// Returns the task while this lease holds.
  static Optional<StoredTask> held(SqlSession session, Lease lease) throws SQLException {
    return session
        .sql(SELECT_HELD)
        .set("id", lease.task().toString())
        .set("fence", lease.fence())
        .set("node", lease.node().value())
        .first(TaskRows::storedTask);
  }

  /// Returns those of the tasks that have not ended, in this order, with their requests.
  static List<Requested> openAmong(SqlSession session, List<TaskId> ids) throws SQLException {
    return session
        .sql(SELECT_OPEN_AMONG)
        .set("ids", ids.stream().map(id -> "\"" + id + "\"").collect(joining(",", "[", "]")))
        .list(row -> new Requested(TaskRows.storedTask(row), new Payload(row.text("body"))));
  }

  /// Writes the change from `before` to `after`.
  ///
  /// @return whether the row was still as it was before
  static boolean update(SqlSession session, StoredTask before, StoredTask after, Instant now)
      throws SQLException {
    return before.task().state().equals(after.task().state())
        ? report(session, after)
        : move(session, before, after, now);
  }

  private static boolean report(SqlSession session, StoredTask after) throws SQLException {
    BoundStatement report = session.sql(REPORT);
    setActivity(report, after.task());
    return report.set("fence", after.fence()).update() == 1;
  }

  private static boolean move(SqlSession session, StoredTask before, StoredTask after, Instant now)
      throws SQLException {
    StateColumns columns = StateColumns.of(after.task().state());
    BoundStatement move = session.sql(MOVE);
    setActivity(move, after.task());
    return move.set("state", after.task().state().word())
            .set("ready", columns.readyAt(now))
            .set("due_at", columns.place().dueAt())
            .set("waiting", columns.reason().waiting())
            .set("message", columns.reason().message())
            .set("failure_kind", columns.reason().failureKind())
            .set("node", columns.place().node())
            .set("fence", after.fence())
            .set("attempt", after.task().activity().attempt())
            .set("started_at", after.task().timeline().startedAt())
            .set("finished_at", columns.finishedAt())
            .set("expires_at", after.task().timeline().expiresAt())
            .set("result", columns.result())
            .set("from_state", before.task().state().word())
            .set("from_fence", before.fence())
            .update()
        == 1;
  }

  private static void setActivity(BoundStatement statement, Task task) throws SQLException {
    Progress progress = task.activity().progress();
    Usage usage = task.activity().usage();
    statement
        .set("id", task.id().toString())
        .set("percent", progress.percent())
        .set("progress_message", progress.message())
        .set("progress_step", progress.step())
        .set("usage_model", usage.model())
        .set("input_tokens", usage.inputTokens())
        .set("output_tokens", usage.outputTokens())
        .set("updated_at", task.timeline().updatedAt())
        .set("last_seq", task.activity().lastEvent());
  }
}
