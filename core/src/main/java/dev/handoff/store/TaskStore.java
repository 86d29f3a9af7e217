package dev.handoff.store;

import dev.handoff.Effect;
import dev.handoff.HandoffException;
import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskSummary;
import dev.handoff.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Keeps tasks and their events. Safe for use by many threads; every call blocks until its write is
/// durable, and writes of many callers share one commit. Whatever cannot be written now throws
/// [StoreUnavailableException], and then nothing of it was written.
///
/// "You no longer hold it", "already ended" and "not found" are return values. A task whose
/// retention has passed is not found. Times come from [#clock], the store's only one
/// (docs/adr/0002-one-clock.md).
public interface TaskStore extends AutoCloseable {
  /// How long after its end the log of a task can be read by [#log], whatever its retention.
  Duration TOLD_FOR = Duration.ofMinutes(1);

  /// The one clock of the store and its engines.
  TimeSource clock();

  /// Tells this listener what is committed from now on.
  void listen(StoreListener listener);

  /// Stores tasks, all or none: in the caller's transaction where there is one (then they exist
  /// when it commits), else in one of their own. The answers are in the order of the tasks.
  ///
  /// @throws StoreUnavailableException also when an equal task was submitted in a transaction that
  ///   stays open for longer than a few seconds
  /// @throws HandoffException when the caller's transaction is read-only
  List<Submitted> submit(List<NewTask> tasks);

  /// As [#submit(List)]. Where no caller's transaction is around it, and nobody waits for the same
  /// types, the store may let the claimant start the tasks in the commit that stores them.
  default List<Submitted> submit(List<NewTask> tasks, Claimant claimant) {
    return submit(tasks);
  }

  /// Keeps the action until the caller's transaction, which a submit would join, has committed; one
  /// that rolls back drops it. It runs on the thread of the commit, so it is short and throws
  /// nothing.
  ///
  /// @return whether there is such a transaction; without one the action is not kept
  boolean afterCommit(Runnable action);

  /// Takes due tasks to run: highest priority first, then by fair share between tenants, then
  /// oldest first. A node that is not known gets nothing.
  List<Claim> claim(ClaimRequest request);

  /// Takes this one task if it is due.
  Optional<Claim> claim(TaskId task, NodeId node);

  /// Appends what happened during an attempt, and moves the task on as [dev.handoff.TaskLifecycle]
  /// says. The effects run in the same transaction, [dev.handoff.Settlement]s first.
  ///
  /// @return whether the lease still held; if not, nothing was written, by an effect neither
  /// @throws EffectFailedException when an effect threw. Where it threw because the database is
  ///   away or out of room, or somebody else holds a lock, it is a [StoreUnavailableException] as
  ///   everywhere: the same call can succeed
  boolean append(Lease lease, List<TaskEvent> events, List<Effect> effects);

  /// The remembered value of a step.
  Optional<Payload> step(TaskId task, String name);

  /// Remembers the value of a step, once.
  ///
  /// @return whether the lease still held
  boolean saveStep(Lease lease, String name, Payload value);

  /// Ends an open task.
  ///
  /// @return whether it was open
  boolean cancel(TaskId task, String reason);

  /// Queues a failed task again, due now and with a new turn: the attempts that it was submitted
  /// with are granted once more. Its steps stay remembered; numbers go on.
  ///
  /// @return whether it had failed; also not if it is not found, or if another task with its join
  ///   key is open
  boolean retry(TaskId task);

  /// The tasks that the query asks for, newest first: those with ids below `before`, if it is
  /// given. Those of an owner or a tenant are found in the order of an index; the other conditions
  /// are looked at on the way.
  ///
  /// @throws IllegalArgumentException when `atMost` is not 1 to [TaskQuery#PAGE_LIMIT]
  List<TaskSummary> list(TaskQuery query, Optional<TaskId> before, int atMost);

  /// A page of the tasks that the query asks for, newest first. Costs a walk over the owner's tasks
  /// down to the last one of the page.
  ///
  /// @throws IllegalArgumentException when `atMost` is not 1 to [TaskQuery#PAGE_LIMIT]
  List<TaskSummary> changes(ChangeQuery query, int atMost);

  /// The ids of tasks of these owners, of whatever tenant, that come after the given one, oldest
  /// first: one step into an index for each owner.
  List<TaskId> newest(Collection<String> owners, TaskId after, int atMost);

  /// These tasks as they stand, in no order; those that are not found are left out.
  List<TaskSummary> summaries(Collection<TaskId> tasks);

  /// The task as it stands.
  Optional<Task> find(TaskId task);

  /// Those of these tasks that are found, in no particular order, at one look.
  ///
  /// @throws IllegalArgumentException for more than [TaskQuery#AT_ONCE]
  List<TaskSummary> findAll(Collection<TaskId> tasks);

  /// Returns the request of the task; empty if the id is unknown.
  Optional<Payload> request(TaskId task);

  /// Events numbered after `after`, at most `atMost` of them; empty for a task that is not found.
  List<LoggedEvent> events(TaskId task, long after, int atMost);

  /// A part of the task's log for those who follow it: nothing for a task that is not found. One
  /// that has ended is found for [#TOLD_FOR] at least, however short its retention, so that
  /// followers on other nodes hear how it ended.
  default Optional<LogPage> log(LogRange range) {
    List<LoggedEvent> events = events(range.task(), range.from() - 1, range.atMost());
    return find(range.task())
        .map(task -> {
          long read = events.isEmpty() ? 0 : events.getLast().seq();
          return new LogPage(Math.max(task.activity().lastEvent(), read), events);
        });
  }

  /// When an older copy of the data took over the last time, as far as that was noticed: from about
  /// then on numbers of events may have been given a second time.
  default Optional<Instant> replacedAt() {
    return Optional.empty();
  }

  /// When the next waiting task of these types becomes due, if none is due now; now or earlier if
  /// one is.
  Optional<Instant> nextDue(Collection<String> types);

  /// Makes the node known, with a lease until then.
  void join(Node node, Instant leaseUntil);

  /// Makes the node known, with a lease that begins when this is written, by the store's clock.
  default void join(Node node, Duration lease) {
    join(node, clock().instant().plus(lease));
  }

  /// Extends the node's lease.
  ///
  /// @return whether it was still known; if not, the others have taken its tasks
  boolean renew(NodeId node, Instant leaseUntil);

  /// Gives the node a lease that begins when this is written, by the store's clock: a write that
  /// waited has not used any of it up.
  ///
  /// @return whether it was still known; if not, the others have taken its tasks
  default boolean renew(NodeId node, Duration lease) {
    return renew(node, clock().instant().plus(lease));
  }

  /// Forgets the node. Tasks it still holds are queued again without costing an attempt.
  void leave(NodeId node);

  /// The leases of everything this node holds. Costs a look at each.
  List<Lease> held(NodeId node);

  /// Whether any live node runs tasks.
  boolean hasWorkers();

  /// Takes back the tasks of dead nodes, at most `atMost` of them: queued again while they have
  /// attempts left, else failed. Never those of the node that asks, however late it renewed: it
  /// lives.
  Rescued rescue(NodeId by, int atMost);

  /// As [#rescue], but a lease that has lapsed proves nothing: takes back only what nodes held that
  /// are gone already, or known to be dead by another sign.
  default Rescued rescueFromKnownDead(NodeId by, int atMost) {
    return new Rescued(0, 0);
  }

  /// Gives `announce` the tasks that were submitted to have their end announced, have ended, and
  /// were not announced since; in the order of their ids after `after`, at most `atMost` of them.
  /// Remembers for which it returned true. It returns soon and does not change the task; when it
  /// throws, all of these may be given again, as when the process dies in between. What another
  /// node is announcing at this moment is passed by.
  Announced announceEnds(Optional<TaskId> after, int atMost, Predicate<Task> announce);

  /// The accounts that tasks are paid from.
  BudgetStore budgets();

  /// Deletes tasks whose retention has passed, at most `atMost` of them. One whose end is still to
  /// be announced stays for another day, unseen.
  ///
  /// @return how many were deleted
  int purge(int atMost);

  /// The same for tasks that ended so long ago or earlier.
  default int purge(int atMost, Duration sinceTheEnd) {
    return purge(atMost);
  }

  /// How many tasks there are, by type and state. Costs a scan of an index.
  List<StateCount> counts();

  /// Ends the store; waiting writes are finished first.
  @Override
  void close();
}
