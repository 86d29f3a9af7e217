package dev.handoff.store;

import dev.handoff.Effect;
import dev.handoff.Gates;
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

/// Stores tasks and their events. Safe for use by many threads. Every call blocks until its write
/// is durable, and writes of many callers share one commit. A write that is not possible now throws
/// [dev.handoff.StoreUnavailableException], and then nothing of it was written.
///
/// "You no longer hold it", "already ended" and "not found" are return values. A task whose
/// retention has passed is not found. Times come from [#clock], the store's only one
/// (docs/adr/0002-one-clock.md).
public interface TaskStore extends AutoCloseable {
  /// How long after its end the log of a task can be read by [#log], whatever its retention.
  Duration TOLD_FOR = Duration.ofMinutes(1);

  /// Returns the clock of the store and its engines.
  TimeSource clock();

  /// Registers a listener for what is committed from now on.
  void listen(StoreListener listener);

  /// Stores tasks, all or none: in the caller's transaction if there is one, else in one of their
  /// own. The answers are in the order of the tasks.
  ///
  /// @throws dev.handoff.StoreUnavailableException also when an equal task was submitted in a
  ///   transaction that stays open for longer than a few seconds
  /// @throws HandoffException when the caller's transaction is read-only
  List<SubmitResult> submit(List<NewTask> tasks);

  /// As [#submit(List)]. Outside of a caller's transaction, and if no older task of the same types
  /// waits, the store may ask the claimant for an offer and start the tasks in the commit that
  /// stores them.
  default List<SubmitResult> submit(List<NewTask> tasks, Claimant claimant) {
    return submit(tasks);
  }

  /// Runs the action after the commit of the caller's transaction, which a submit would join; drops
  /// it after a rollback. It runs on the thread of the commit, so it is short and throws nothing.
  ///
  /// @return whether there is such a transaction; without one the action is not kept
  boolean afterCommit(Runnable action);

  /// Claims due tasks that may still start: highest priority first, then by fair share between
  /// tenants, then oldest first. Claims nothing for an unknown node.
  List<Claim> claim(ClaimRequest request);

  /// Claims this task if it is due.
  Optional<Claim> claim(TaskId task, NodeId node);

  /// Appends events of an attempt, and changes the state of the task as [dev.handoff.TaskLifecycle]
  /// says. The effects run in the same transaction, [dev.handoff.Settlement]s first. With effects,
  /// the task's result is not given to equal tasks.
  ///
  /// @return whether the lease still held; if not, nothing was written, by an effect neither
  /// @throws EffectFailedException when an effect threw. Where it threw because the database is
  ///   away or out of room, or somebody else holds a lock, it is a
  ///   [dev.handoff.StoreUnavailableException] as everywhere: the same call can succeed
  boolean append(Lease lease, List<TaskEvent> events, List<Effect> effects);

  /// Returns the stored value of a step; empty if there is none.
  Optional<Payload> step(TaskId task, String name);

  /// Stores the value of a step. A second call changes nothing.
  ///
  /// @return whether the lease still held
  boolean saveStep(Lease lease, String name, Payload value);

  /// Cancels an open task.
  ///
  /// @return whether it was open
  boolean cancel(TaskId task, String reason);

  /// Cancels tasks whose time to start has passed ([dev.handoff.Submission#startBefore]) before any
  /// attempt of them started, at most `atMost` of them, with the code
  /// [dev.handoff.CancelCode#TOO_LATE]. Until then no claim starts them. Costs a look at an index
  /// that has such waiting tasks only.
  ///
  /// @return how many were cancelled
  int cancelLate(int atMost);

  /// Queues a failed task again, due now: the attempts that it was submitted with are granted once
  /// more. Its steps stay stored; the numbers of attempts and events continue.
  ///
  /// @return whether it had failed; also not if it is not found, or if another task with its join
  ///   key is open
  boolean retry(TaskId task);

  /// Returns the tasks that match the query, newest first, with ids below `before` if it is given.
  /// Tasks of an owner or a tenant are read in the order of an index; the other conditions filter
  /// on the way.
  ///
  /// @throws IllegalArgumentException when `atMost` is not 1 to [TaskQuery#PAGE_LIMIT]
  List<TaskSummary> list(TaskQuery query, Optional<TaskId> before, int atMost);

  /// Returns a page of the tasks that match the query, newest first. Costs a walk over the owner's
  /// tasks down to the last one of the page.
  ///
  /// @throws IllegalArgumentException when `atMost` is not 1 to [TaskQuery#PAGE_LIMIT]
  List<TaskSummary> changes(ChangeQuery query, int atMost);

  /// Returns the ids of tasks of these owners, of any tenant, that come after the given one, oldest
  /// first. Costs one index seek for each owner.
  List<TaskId> newest(Collection<String> owners, TaskId after, int atMost);

  /// Returns these tasks as they stand, in no order, without those that are not found.
  List<TaskSummary> summaries(Collection<TaskId> tasks);

  /// Returns the task as it stands; empty when it is not found.
  Optional<Task> find(TaskId task);

  /// Returns those of these tasks that are found, in no particular order, with one query.
  ///
  /// @throws IllegalArgumentException for more than [TaskQuery#AT_ONCE]
  List<TaskSummary> findAll(Collection<TaskId> tasks);

  /// Returns the request of the task; empty if the id is unknown.
  Optional<Payload> request(TaskId task);

  /// Returns events with numbers above `after`, at most `atMost` of them; empty for a task that is
  /// not found.
  List<LoggedEvent> events(TaskId task, long after, int atMost);

  /// Returns a part of the task's log for its followers; empty for a task that is not found. A task
  /// that has ended is found for at least [#TOLD_FOR], however short its retention, so that
  /// followers on other nodes see its end.
  default Optional<LogPage> log(LogRange range) {
    List<LoggedEvent> events = events(range.task(), range.from() - 1, range.atMost());
    return find(range.task())
        .map(task -> {
          long read = events.isEmpty() ? 0 : events.getLast().seq();
          return new LogPage(Math.max(task.activity().lastEvent(), read), events);
        });
  }

  /// Returns when an older copy of the data replaced this one for the last time, if that was
  /// noticed. From about then on, event numbers may have been given a second time.
  default Optional<Instant> replacedAt() {
    return Optional.empty();
  }

  /// Returns when the next waiting task of these types becomes due; now or earlier if one is due.
  Optional<Instant> nextDue(Collection<String> types);

  /// Registers the node with a lease until this time.
  void join(Node node, Instant leaseUntil);

  /// Registers the node with a lease that begins when this is written, by the store's clock.
  default void join(Node node, Duration lease) {
    join(node, clock().instant().plus(lease));
  }

  /// Extends the node's lease.
  ///
  /// @return whether it was still known; if not, the others have taken its tasks
  boolean renew(NodeId node, Instant leaseUntil);

  /// Renews the node's lease. It begins when this is written, by the store's clock, so a write that
  /// had to wait does not shorten it.
  ///
  /// @return whether it was still known; if not, the others have taken its tasks
  default boolean renew(NodeId node, Duration lease) {
    return renew(node, clock().instant().plus(lease));
  }

  /// Removes the node. Tasks that it still holds are queued again without costing an attempt.
  void leave(NodeId node);

  /// Returns all leases that this node holds. Costs a read of each.
  List<Lease> held(NodeId node);

  /// Returns whether a live node runs tasks.
  boolean hasWorkers();

  /// Returns which types live workers run, and of which due tasks wait. Costs a look at each live
  /// node and at each type that has waiting tasks.
  default TypeCoverage typeCoverage() {
    return TypeCoverage.UNKNOWN;
  }

  /// Rescues the tasks of dead nodes, at most `atMost` of them: queues them again while they have
  /// attempts left, and fails the others. Never rescues tasks of the node that asks, however late
  /// it renewed, because it is alive.
  RescueResult rescue(NodeId by, int atMost);

  /// As [#rescue], but a lapsed lease proves nothing: rescues only tasks of nodes that have left,
  /// or that are known to be dead by another sign.
  default RescueResult rescueFromKnownDead(NodeId by, int atMost) {
    return new RescueResult(0, 0);
  }

  /// Passes ended tasks to `announce` whose end is to be announced and was not yet: in the order of
  /// their ids after `after`, at most `atMost` of them. Records those for which it returned true.
  /// It returns soon; it may retry the task, whose next end is then another one to announce. When
  /// it throws, or the process dies, all of these may be passed again. Tasks that another node is
  /// announcing at this moment are skipped.
  Announced announceEnds(Optional<TaskId> after, int atMost, Predicate<Task> announce);

  /// Returns the accounts that tasks are paid from.
  BudgetStore budgets();

  /// Returns the gates that tasks pass.
  Gates gates();

  /// Returns the lines in which tasks wait.
  QueueStore queue();

  /// Deletes tasks whose retention has passed, at most `atMost` of them. A task whose end is still
  /// to be announced stays for another day, and is not found.
  ///
  /// @return how many were deleted
  default int purge(int atMost) {
    return purge(atMost, Duration.ZERO);
  }

  /// As [#purge(int)], for tasks that ended at least this long ago.
  int purge(int atMost, Duration sinceTheEnd);

  /// Returns how many tasks there are, by type and state. Costs a scan of an index.
  List<StateCount> counts();

  /// Closes the store after the waiting writes.
  @Override
  void close();
}
