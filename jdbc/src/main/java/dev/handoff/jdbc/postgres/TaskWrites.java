package dev.handoff.jdbc.postgres;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Processing;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.Change;
import dev.handoff.jdbc.row.EffectConnection;
import dev.handoff.jdbc.row.JdbcBudgets;
import dev.handoff.jdbc.row.StoredTask;
import dev.handoff.jdbc.row.TaskRows;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.BoundStatement;
import dev.handoff.jdbc.sql.Columns;
import dev.handoff.jdbc.sql.ConnectionEffect;
import dev.handoff.jdbc.sql.SqlSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Writes to existing tasks, many at a time. Tasks that this process holds are kept as they were
/// written last, so a group of events needs one statement. The number of the last event guards each
/// row; a row that differs is read, and its write is tried again.
///
/// The answer to a commit may be lost. A change is kept until it is confirmed. If the same write is
/// given again, the row shows whether it was made, so no event is written twice and no effect runs
/// twice. Safe for use by many threads; a task is in at most one call at a time.
public final class TaskWrites {
  private static final int ROUNDS = 10;

  private static final String SAVE_STEPS =
      """
      with held as (
        select t.id, g.name, g.value
        from unnest(
          (select cast(:id as uuid[])), (select cast(:fence as bigint[])), (select cast(:node as text[])),
          (select cast(:name as text[])), (select cast(:value as text[]))
        ) as g (id, fence, node, name, value)
        join handoff_task t on t.id = g.id
        where t.state = 'processing' and t.fence = g.fence and t.node = g.node and\
      """
          + PostgresRows.PATIENCE
          + """
            for share of t
          ), saved as (
            insert into handoff_step (task_id, name, value, at)
            select id, name, value, :now from held
            on conflict (task_id, name) do nothing
          )
          select id from held
          """;

  private static final String LOCK_OPEN =
      """
      select * from handoff_task
      where id = any(array(select unnest(cast(:ids as uuid[])))) and state in ('queued', 'processing')
        and\
      """
          + PostgresRows.PATIENCE
          + """
          order by id
          for update
          """;

  /// Keeps the results of locked tasks from equal tasks.
  private static final String REMOVE_CACHE_KEYS =
      """
      update handoff_task set cache_key = null
      where id = any(array(select unnest(cast(:ids as uuid[]))))
      """;

  private static final String SELECT_UNLOCKED =
      """
      select id from handoff_task where id = any(array(select unnest(cast(:ids as uuid[]))))
      for no key update skip locked
      """;

  private static final String LOCK_ACCOUNTS =
      """
      select 1 as one from handoff_budget
      where account = any(array(select unnest(cast(:accounts as text[]))))
      order by account
      for update
      """;

  private final Map<TaskId, StoredTask> held = new ConcurrentHashMap<>();
  private final UnconfirmedWrites unconfirmed = new UnconfirmedWrites();

  /// A write to a task.
  sealed interface Write {
    TaskId task();
  }

  /// Events of an attempt, and its effects.
  public record EventWrite(Lease lease, List<TaskEvent> events, List<ConnectionEffect> effects)
      implements Write {
    @Override
    public TaskId task() {
      return lease.task();
    }
  }

  /// The result of a step.
  public record StepWrite(Lease lease, String name, Payload value) implements Write {
    @Override
    public TaskId task() {
      return lease.task();
    }
  }

  public record CancelWrite(TaskId task, String reason) implements Write {}

  /// Keeps a task that was just claimed here.
  public void claimed(StoredTask task) {
    held.put(task.task().id(), task);
  }

  /// Forgets the node's tasks whose leases are not among these, which are all that it holds. A task
  /// that was claimed meanwhile is read again.
  public void forgetAllBut(NodeId node, Collection<Lease> leases) {
    Set<Lease> kept = Set.copyOf(leases);
    held.values()
        .removeIf(task ->
            task.task().state() instanceof Processing(Lease lease, var ignored)
                && lease.node().equals(node)
                && !kept.contains(lease));
  }

  /// Writes events and cancellations without effects, at most one of each task. Each statement is a
  /// transaction.
  ///
  /// @return the tasks that were written; the others lost their lease, or have ended
  Set<TaskId> write(WriteTransaction writing, List<Write> writes) throws SQLException {
    Set<TaskId> made = new HashSet<>(madeBefore(writing, writes));
    List<Write> left = writes.stream().filter(each -> !made.contains(each.task())).toList();
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      left = writeOnce(writing, left, round == 0 ? heldAmong(left) : new HashMap<>(), made);
    }
    return made;
  }

  private Map<TaskId, StoredTask> heldAmong(List<Write> writes) {
    Map<TaskId, StoredTask> known = new HashMap<>();
    for (Write write : writes) {
      StoredTask task = held.get(write.task());
      if (task != null) {
        known.put(write.task(), task);
      }
    }
    return known;
  }

  private List<Write> writeOnce(
      WriteTransaction writing, List<Write> writes, Map<TaskId, StoredTask> known, Set<TaskId> made)
      throws SQLException {
    Set<TaskId> unknown = new HashSet<>();
    for (Write write : writes) {
      if (!isFor(write, known.get(write.task()))) {
        unknown.add(write.task());
      }
    }
    if (!unknown.isEmpty()) {
      known.keySet().removeAll(unknown);
      known.putAll(TaskReads.open(writing.session(), unknown));
    }
    Map<Write, Change> changes = changes(writing, writes, known, made);
    Set<TaskId> moved = move(writing, changes);
    made.addAll(moved);
    return changes.keySet().stream().filter(write -> !moved.contains(write.task())).toList();
  }

  /// Returns the change of each write. Writes without events have none: they need no statement.
  private static Map<Write, Change> changes(
      WriteTransaction writing,
      List<Write> writes,
      Map<TaskId, StoredTask> known,
      Set<TaskId> made) {
    Map<Write, Change> changes = new LinkedHashMap<>();
    for (Write write : writes) {
      StoredTask before = known.get(write.task());
      if (before == null || !isFor(write, before)) {
        continue;
      }
      List<TaskEvent> events =
          switch (write) {
            case EventWrite append -> append.events();
            case CancelWrite cancel -> List.of(new TaskCancelled(cancel.reason()));
            case StepWrite ignored -> List.of();
          };
      if (events.isEmpty()) {
        made.add(write.task());
      } else {
        changes.put(write, Change.of(before, events, writing.now()));
      }
    }
    return changes;
  }

  private static boolean isFor(Write write, @Nullable StoredTask task) {
    return task != null
        && switch (write) {
          case EventWrite(Lease lease, var ignored, var unusedData) -> holds(lease, task);
          case StepWrite(Lease lease, var ignored, var unusedData) -> holds(lease, task);
          case CancelWrite ignored -> true;
        };
  }

  private static boolean holds(Lease lease, StoredTask task) {
    return task.task().state() instanceof Processing processing && processing.lease().equals(lease);
  }

  private Set<TaskId> move(WriteTransaction writing, Map<Write, Change> changes)
      throws SQLException {
    if (changes.isEmpty()) {
      return Set.of();
    }
    changes.forEach(unconfirmed::begin);
    Set<TaskId> moved =
        PostgresRows.move(writing.session(), List.copyOf(changes.values()), writing.now());
    changes.forEach((write, change) -> {
      if (moved.contains(change.task())) {
        made(change, writing.announcements());
      } else {
        unconfirmed.end(write);
        held.remove(change.task());
      }
    });
    return moved;
  }

  private void made(Change change, Announcements announcements) {
    change.announce(announcements);
    if (change.after().task().state() instanceof Processing) {
      held.put(change.task(), change.after());
    } else {
      held.remove(change.task());
    }
  }

  /// Finds the writes that an unconfirmed commit has made. Their tasks are read again when they are
  /// needed.
  private Set<TaskId> madeBefore(WriteTransaction writing, List<? extends Write> writes)
      throws SQLException {
    Map<TaskId, Change> asked = new HashMap<>();
    for (Write write : writes) {
      unconfirmed.about(write).ifPresent(change -> asked.put(write.task(), change));
    }
    Set<TaskId> made = UnconfirmedWrites.made(writing.session(), asked.values());
    asked.keySet().forEach(held::remove);
    for (Write write : writes) {
      Change change = asked.get(write.task());
      if (change != null && made.contains(write.task())) {
        change.announce(writing.announcements());
      } else {
        unconfirmed.end(write);
      }
    }
    return made;
  }

  /// Writes ends that have effects, at most one of each task. Needs a transaction, which is rolled
  /// back when an effect throws.
  Set<TaskId> writeWithEffects(WriteTransaction writing, List<EventWrite> appends)
      throws SQLException {
    Set<TaskId> made = new HashSet<>(madeBefore(writing, appends));
    List<EventWrite> left = appends.stream().filter(each -> !made.contains(each.task())).toList();
    SqlSession session = writing.session();
    Map<TaskId, StoredTask> locked = new HashMap<>();
    List<String> cacheable = new ArrayList<>();
    for (StoredTask task :
        session
            .sql(LOCK_OPEN)
            .setTexts("ids", left.stream().map(each -> each.task().toString()).toList())
            .set("lock_timeout", session.lockTimeout())
            .list(row -> {
              if (row.textOrNull("cache_key") != null) {
                cacheable.add(TaskRows.id(row).toString());
              }
              return TaskRows.storedTask(row);
            })) {
      locked.put(task.task().id(), task);
    }
    lockAccounts(session, left);
    Map<Write, Change> changes = new LinkedHashMap<>();
    for (EventWrite append : left) {
      if (isFor(append, locked.get(append.task()))) {
        EffectConnection.apply(append.effects(), session.connection());
        StoredTask before = Objects.requireNonNull(locked.get(append.task()));
        made.add(append.task());
        if (!append.events().isEmpty()) {
          changes.put(append, Change.of(before, append.events(), writing.now()));
        }
      }
    }
    cacheable.retainAll(made.stream().map(TaskId::toString).toList());
    if (!cacheable.isEmpty()) {
      session.sql(REMOVE_CACHE_KEYS).setTexts("ids", cacheable).update();
    }
    var ignored = move(writing, changes);
    return made;
  }

  // All of them at once and in their order, or two groups could wait for each other.
  private static void lockAccounts(SqlSession session, List<EventWrite> appends)
      throws SQLException {
    List<String> accounts = new ArrayList<>();
    for (EventWrite append : appends) {
      for (ConnectionEffect effect : append.effects()) {
        if (effect instanceof JdbcBudgets.Settling settling) {
          accounts.add(settling.account());
        }
      }
    }
    if (!accounts.isEmpty()) {
      var ignored =
          session.sql(LOCK_ACCOUNTS).setTexts("accounts", accounts).list(row -> row.number("one"));
    }
  }

  /// Forgets confirmed writes.
  void answered(List<? extends Write> writes) {
    writes.forEach(unconfirmed::end);
  }

  /// Forgets a failed cancellation. An attempt gives its own write again, and has to learn whether
  /// it was made.
  void failed(Write write) {
    if (write instanceof CancelWrite) {
      unconfirmed.end(write);
    }
  }

  /// Returns those of the tasks that no other transaction has locked.
  public static Set<TaskId> unlocked(SqlSession session, List<TaskId> tasks) throws SQLException {
    return Set.copyOf(
        session
            .sql(SELECT_UNLOCKED)
            .setTexts("ids", tasks.stream().map(TaskId::toString).toList())
            .list(TaskRows::id));
  }

  /// Stores the results of steps; a stored result stays.
  ///
  /// @return the tasks whose lease held
  Set<TaskId> saveSteps(WriteTransaction writing, List<StepWrite> steps) throws SQLException {
    BoundStatement save =
        writing
            .session()
            .sql(SAVE_STEPS)
            .set("now", writing.now())
            .set("lock_timeout", writing.session().lockTimeout());
    Columns<StepWrite> columns = new Columns<>(save, steps);
    columns.texts("id", step -> step.task().toString());
    columns.numbers("fence", step -> step.lease().fence());
    columns.texts("node", step -> step.lease().node().value());
    columns.texts("name", StepWrite::name);
    columns.texts("value", step -> step.value().text());
    return Set.copyOf(save.list(TaskRows::id));
  }
}
