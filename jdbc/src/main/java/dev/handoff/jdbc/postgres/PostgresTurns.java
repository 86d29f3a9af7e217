package dev.handoff.jdbc.postgres;

import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.jdbc.row.NewRow;
import dev.handoff.jdbc.row.QueueKey;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.Columns;
import dev.handoff.store.NewTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Start-time fair queueing among tenants, as in `sqlite.FairShare`, for several processes. The
/// statement that assigns a start reads it from the database: after the tenant's last task, while
/// that waits; otherwise the queue's virtual time, which is the start of its first waiting task, or
/// 0.
///
/// A process remembers only the last two tasks of each tenant. Safe for use by many threads.
public final class PostgresTurns {
  /// The largest number of remembered tenants, about 25 MB. The least recently used ones are
  /// forgotten, and start at the virtual time.
  private static final int LIMIT = 100_000;

  /// How far back to search for a waiting task of the tenant, if its last one does not wait any
  /// more.
  private static final int BACK = 32;

  /// The start after the tenant's last task, while it waits; or after the waiting task shortly
  /// before it, if the last one was cancelled or claimed out of turn. In a queue that started again
  /// there is none. The state is looked up by id: an `exists` among waiting tasks might scan all of
  /// them.
  private static final String AFTER =
      """
      (select
        case when t.state = 'queued' and t.ready then t.fair_start
        else (
          select before.fair_start from (
            select o.fair_start, o.tenant from handoff_task o
            where o.type = t.type and o.gates = t.gates and o.priority = t.priority and o.state = 'queued' and o.ready
              and o.fair_start between t.fair_start - %s and t.fair_start
            order by o.fair_start desc limit %s) as before
          where before.tenant is not distinct from t.tenant
          order by before.fair_start desc limit 1)
        end + 1
       from handoff_task t where t.id = turn.%s)\
      """;

  /// The start of each turn. The queue's first waiting task is looked up only if a turn begins
  /// there.
  private static final String STARTS =
      """
      (array(
        select coalesce(
          %s,
          %s,
          (array(
            select (
              select t.fair_start from handoff_task t
              where t.type = line.type and t.gates = line.gates and t.priority = line.priority and t.state = 'queued' and t.ready
              order by t.fair_start limit 1)
            from unnest(
              (select cast(:line_type as text[])), (select cast(:line_gates as text[])),
              (select cast(:line_priority as bigint[]))
            ) as line (type, gates, priority)))[turn.line],
          0)
        from unnest(
          (select cast(:turn_line as bigint[])), (select cast(:turn_last as uuid[])),
          (select cast(:turn_earlier as uuid[]))
        ) as turn (line, last, earlier)))\
      """
          .formatted(AFTER.formatted(BACK, BACK, "last"), AFTER.formatted(BACK, BACK, "earlier"));

  /// The start of the row `g`, which has the number of its turn and its position in it.
  static final String START = STARTS + "[g.turn] + g.nth";

  /// The start of the only row of a statement.
  static final String ONLY_START = STARTS + "[1]";

  /// The start that puts the task `t` before all others of its queue.
  static final String FRONT =
      """
      coalesce((
        select o.fair_start from handoff_task o
        where o.type = t.type and o.gates = t.gates and o.priority = t.priority and o.state = 'queued' and o.ready
        order by o.fair_start limit 1), 0)\
      """;

  private record QueueTenant(QueueKey queue, @Nullable String tenant) {
    static QueueTenant of(TurnRequest task) {
      return new QueueTenant(task.queue(), task.tenant());
    }
  }

  /// The last two tasks of a tenant. If the transaction of the last one was rolled back, the
  /// earlier one counts.
  private record LastTasks(TaskId last, @Nullable TaskId earlier) {
    LastTasks then(LastTasks newer) {
      // A statement that was run again gave the same task its turn twice.
      return newer.last.equals(last) ? this : new LastTasks(newer.last, last);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<QueueTenant, LastTasks> lasts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<QueueTenant, LastTasks> eldest) {
          return size() > LIMIT;
        }
      };

  record TurnRequest(TaskId task, QueueKey queue, @Nullable String tenant) {
    static TurnRequest of(NewTask task) {
      return new TurnRequest(
          task.id(), QueueKey.of(task.type(), task.submission()), task.submission().tenant());
    }

    static TurnRequest of(Task task) {
      return new TurnRequest(
          task.id(), QueueKey.of(task.type(), task.submission()), task.submission().tenant());
    }
  }

  /// Remembers a task that was submitted before this process started.
  void restore(TurnRequest last) {
    remember(Map.of(QueueTenant.of(last), last.task()));
  }

  private void remember(Map<QueueTenant, TaskId> newest) {
    lock.lock();
    try {
      newest.forEach(
          (tenant, task) -> lasts.merge(tenant, new LastTasks(task, null), LastTasks::then));
    } finally {
      lock.unlock();
    }
  }

  private @Nullable LastTasks lasts(QueueTenant tenant) {
    lock.lock();
    try {
      return lasts.get(tenant);
    } finally {
      lock.unlock();
    }
  }

  TurnBatch batch() {
    return new TurnBatch();
  }

  /// The number of the task's turn, from 1, and how many tasks of its tenant precede it there.
  record TurnSlot(long turn, long nth) {}

  private static final class TenantTurn {
    private final long number;
    private final long queue;
    private final @Nullable LastTasks lasts;
    private int tasks;

    private TenantTurn(long number, long queue, @Nullable LastTasks lasts) {
      this.number = number;
      this.queue = queue;
      this.lasts = lasts;
    }
  }

  /// The turns that one statement assigns. Confined to one thread.
  final class TurnBatch {
    private final List<QueueKey> queues = new ArrayList<>();
    private final Map<QueueTenant, TenantTurn> turns = new LinkedHashMap<>();
    private final Map<TaskId, QueueTenant> given = new LinkedHashMap<>();

    private TurnBatch() {}

    /// Returns the slot of a new task, or null if it takes its turn later or never.
    @Nullable TurnSlot slot(NewRow row) {
      return row.keys().fairStart() == null ? null : next(TurnRequest.of(row.given()));
    }

    /// Returns the next slot of the task's tenant.
    TurnSlot next(TurnRequest task) {
      QueueTenant tenant = QueueTenant.of(task);
      TenantTurn turn = turns.computeIfAbsent(tenant, this::begun);
      given.put(task.task(), tenant);
      return new TurnSlot(turn.number, turn.tasks++);
    }

    private TenantTurn begun(QueueTenant tenant) {
      int queue = queues.indexOf(tenant.queue());
      if (queue < 0) {
        queue = queues.size();
        queues.add(tenant.queue());
      }
      return new TenantTurn(turns.size() + 1L, queue + 1L, lasts(tenant));
    }

    /// Sets the parameters of [#START].
    void set(BoundStatement statement) throws SQLException {
      Columns<QueueKey> queue = new Columns<>(statement, queues);
      queue.texts("line_type", QueueKey::type);
      queue.texts("line_gates", QueueKey::gates);
      queue.numbers("line_priority", each -> (long) TaskRows.number(each.priority()));
      Columns<TenantTurn> turn = new Columns<>(statement, List.copyOf(turns.values()));
      turn.numbers("turn_line", each -> each.queue);
      turn.texts("turn_last", each -> text(each.lasts == null ? null : each.lasts.last()));
      turn.texts("turn_earlier", each -> text(each.lasts == null ? null : each.lasts.earlier()));
    }

    private static @Nullable String text(@Nullable TaskId task) {
      return task == null ? null : task.toString();
    }

    /// Remembers the last stored task of each tenant.
    void given(Predicate<TaskId> stored) {
      Map<QueueTenant, TaskId> last = new HashMap<>();
      given.forEach((task, tenant) -> {
        if (stored.test(task)) {
          last.put(tenant, task);
        }
      });
      remember(last);
    }
  }
}
