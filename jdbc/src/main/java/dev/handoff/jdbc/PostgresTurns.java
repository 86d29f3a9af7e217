package dev.handoff.jdbc;

import dev.handoff.Priority;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.store.NewTask;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Turns among tenants by start-time fair queueing, as in [FairShare], where several processes
/// share the queues. So the present of a queue is what the database says while the turn is given:
/// the turn of the first task that waits in it, and 0 when none does.
///
/// What a process remembers is the last turn that it gave each tenant. It counts while that task
/// still waits; after that the tenant begins in the present, whoever claimed or cancelled its
/// tasks. Safe for use by many threads.
final class PostgresTurns {
  /// Tenants remembered at once, about 25 MB; those that submitted longest ago are forgotten, and
  /// begin in the present.
  private static final int LIMIT = 100_000;

  /// From so many statements in a second on, the present is looked for from where it was last: the
  /// index begins with what was claimed since the database cleaned up.
  private static final int BUSY = 50;

  /// The present of each queue, and the first start of each turn; for the beginning of a statement.
  /// The last task is asked for its state: whether it exists among those that wait the planner may
  /// find out by reading all of them.
  static final String GIVE =
      """
      line as (
        select l.no, coalesce(
          (select t.fair_start from handoff_task t
           where t.type = l.type and t.priority = l.priority and t.state = 'queued' and t.ready
             and t.fair_start >= l.head
           order by t.fair_start limit 1),
          (select t.fair_start from handoff_task t
           where t.type = l.type and t.priority = l.priority and t.state = 'queued' and t.ready
           order by t.fair_start limit 1)) as present
        from unnest(
          (select cast(:line_type as text[])), (select cast(:line_priority as bigint[])),
          (select cast(:line_head as bigint[]))
        ) with ordinality as l (type, priority, head, no)
      ), turn as (
        select g.no, line.present,
          case
            when g.follows > line.present
              and (select t.state = 'queued' and t.ready from handoff_task t where t.id = g.last)
            then g.follows
            else coalesce(line.present, 0)
          end as start
        from unnest(
          (select cast(:turn_line as bigint[])), (select cast(:turn_follows as bigint[])),
          (select cast(:turn_last as uuid[]))
        ) with ordinality as g (line, follows, last, no)
        join line on line.no = g.line
      )
      """;

  /// The start of a row g that has the number of its turn and its place in it.
  static final String START = "((select array_agg(start order by no) from turn))[g.turn] + g.nth";

  /// The start of the task t that goes before all others of its queue.
  static final String FRONT =
      """
      coalesce((
        select o.fair_start from handoff_task o
        where o.type = t.type and o.priority = t.priority and o.state = 'queued' and o.ready
        order by o.fair_start limit 1), 0)\
      """;

  private record Line(String type, Priority priority) {}

  private record Member(Line line, @Nullable String tenant) {}

  private record Last(TaskId task, long end) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final LineHeads heads = new LineHeads(BUSY);
  private final Map<Member, Last> lasts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Member, Last> eldest) {
          return size() > LIMIT;
        }
      };

  /// A task that takes its turn.
  record Joining(TaskId task, String type, Priority priority, @Nullable String tenant) {
    static Joining of(NewTask task) {
      return new Joining(
          task.id(), task.type(), task.submission().priority(), task.submission().tenant());
    }

    static Joining of(Task task) {
      return new Joining(
          task.id(), task.type(), task.submission().priority(), task.submission().tenant());
    }
  }

  /// The last waiting task of a tenant that was submitted before this process began.
  void restore(Joining last, long start) {
    remember(
        new Member(new Line(last.type(), last.priority()), last.tenant()),
        new Last(last.task(), start + 1));
  }

  private void remember(Member member, Last last) {
    lock.lock();
    try {
      lasts.put(member, last);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Last last(Member member) {
    lock.lock();
    try {
      return lasts.get(member);
    } finally {
      lock.unlock();
    }
  }

  /// The turns that one statement gives.
  Batch batch(Instant now) {
    return new Batch(now);
  }

  /// Where a task stands: its turn's number from 1, and how many of its tenant go before it.
  record Place(long turn, long nth) {}

  private static final class Turn {
    private final long line;
    private final Member member;
    private final @Nullable Last last;
    private int tasks;
    private @Nullable TaskId newest;

    private Turn(long line, Member member, @Nullable Last last) {
      this.line = line;
      this.member = member;
      this.last = last;
    }
  }

  /// Confined to one thread.
  final class Batch {
    private final Instant now;
    private final List<Line> lines = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Map<Member, Integer> numbers = new LinkedHashMap<>();

    private Batch(Instant now) {
      this.now = now;
    }

    Instant now() {
      return now;
    }

    /// Of a new task, unless it takes its turn later or never.
    @Nullable Place place(NewRow row) {
      return row.standing().fairStart() == null ? null : next(Joining.of(row.given()));
    }

    /// After its tenant's other tasks.
    Place next(Joining task) {
      Member member = new Member(new Line(task.type(), task.priority()), task.tenant());
      int number =
          numbers.computeIfAbsent(
              member, _ -> added(new Turn(number(member.line()), member, last(member))));
      Turn turn = turns.get(number - 1);
      turn.newest = task.task();
      return new Place(number, turn.tasks++);
    }

    private int added(Turn turn) {
      turns.add(turn);
      return turns.size();
    }

    private long number(Line line) {
      int known = lines.indexOf(line);
      if (known < 0) {
        lines.add(line);
      }
      return known < 0 ? lines.size() : known + 1;
    }

    /// Sets what [#GIVE] asks for.
    void set(BoundStatement statement) throws SQLException {
      Columns<Line> line = new Columns<>(statement, lines);
      line.texts("line_type", Line::type);
      line.numbers("line_priority", each -> (long) TaskReading.number(each.priority()));
      line.numbers("line_head", each -> heads.of(each.type(), each.priority(), now));
      Columns<Turn> turn = new Columns<>(statement, turns);
      turn.numbers("turn_line", each -> each.line);
      turn.numbers("turn_follows", each -> each.last == null ? null : each.last.end());
      turn.texts("turn_last", each -> each.last == null ? null : each.last.task().toString());
    }

    /// Runs a statement that answers with the turns it gave.
    ///
    /// @return whether it gave any
    boolean isGiven(BoundStatement statement) throws SQLException {
      return !statement
          .list(row -> {
            given(row);
            return true;
          })
          .isEmpty();
    }

    /// Runs a statement that answers with the turns it gave, and beside them with the `id` of each
    /// task that it stored.
    ///
    /// @return the tasks
    Set<TaskId> given(BoundStatement statement) throws SQLException {
      Set<TaskId> stored = new HashSet<>();
      var _ =
          statement.list(row -> {
            if (row.textOrNull("id") == null) {
              given(row);
              return false;
            }
            return stored.add(TaskReading.id(row));
          });
      return stored;
    }

    /// Remembers the turn that a row (`no`, `start`, `present`) of the statement's answer tells.
    private void given(Row row) throws SQLException {
      Turn turn = turns.get(row.smallNumber("no") - 1);
      Long present = row.numberOrNull("present");
      if (present != null) {
        Line line = lines.get((int) turn.line - 1);
        heads.taken(line.type(), line.priority(), present);
      }
      if (turn.newest != null) {
        remember(turn.member, new Last(turn.newest, row.number("start") + turn.tasks));
      }
    }
  }
}
