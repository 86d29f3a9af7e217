package dev.handoff;

import dev.handoff.engine.DoubtedPosition;
import dev.handoff.engine.Engine;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Entry point of the engine. Tasks are submitted, handlers run them, and their events and results
/// are read here. One instance is one node; nodes on one store share the tasks. Safe for use by
/// many threads.
///
/// ```java
/// TaskType<String, String> GREET = TaskType.of("greet", String.class, String.class);
/// try (Handoff handoff = Handoff.start(store, List.of(GREET.handledBy(greeter)), HandoffConfig.defaults())) {
///   TaskId id = handoff.submit(GREET, "Asha", Submission.by("user-1"));
/// }
/// ```
public final class Handoff implements AutoCloseable {
  private final Engine engine;
  private final TaskStore store;

  private Handoff(Engine engine, TaskStore store) {
    this.engine = engine;
    this.store = store;
  }

  /// Starts a node for types whose requests and results are strings. It logs what an operator needs
  /// to know.
  public static Handoff start(
      TaskStore store, List<HandledType<?, ?>> types, HandoffConfig config) {
    return start(store, types, config, Extensions.defaults());
  }

  /// Starts a node: joins the other nodes, rescues the tasks of dead ones, and begins to claim. The
  /// caller closes the store, after this node.
  public static Handoff start(
      TaskStore store, List<HandledType<?, ?>> types, HandoffConfig config, Extensions extensions) {
    Engine engine = new Engine(store, () -> types, config, extensions);
    engine.start(Engine.Pace.BY_ITSELF);
    return new Handoff(engine, store);
  }

  /// Opens a node that claims nothing before [#startClaiming]: it joins the other nodes, and tasks
  /// can be submitted, found and followed. For applications whose handlers must not run before the
  /// application is ready.
  ///
  /// @param types asked for once, at the first submit or by [#startClaiming], so that handlers may
  ///   be made of parts that need this node
  public static Handoff open(
      TaskStore store,
      Supplier<? extends Collection<HandledType<?, ?>>> types,
      HandoffConfig config,
      Extensions extensions) {
    Engine engine = new Engine(store, types, config, extensions);
    engine.start(Engine.Pace.WHEN_TOLD);
    return new Handoff(engine, store);
  }

  /// Begins to claim tasks on a node that was opened with [#open], or again after [#stopClaiming].
  ///
  /// @throws IllegalArgumentException when two of its types have the same name
  public void startClaiming() {
    engine.startClaiming();
  }

  /// Claims no tasks and announces no ends until [#startClaiming]; running attempts, submits and
  /// reads go on. The time of [HandoffConfig#drain] begins. Does nothing on a node run by hand.
  public void stopClaiming() {
    engine.stopClaiming();
  }

  /// Stops claiming, waits for running attempts until the end of [HandoffConfig#drain], and hands
  /// the others back without costing an attempt. The node stays, and may start to claim again.
  public void drain() {
    engine.drain();
  }

  /// Starts a node that runs tasks only when [#runDue] is called, for tests that control the clock
  /// and for scripts.
  public static Handoff startByHand(
      TaskStore store, List<HandledType<?, ?>> types, HandoffConfig config, Extensions extensions) {
    Handoff handoff = openByHand(store, () -> types, config, extensions);
    handoff.engine.requireTypes();
    return handoff;
  }

  /// Starts a node by hand whose types are asked for at the first submit or by [#runDue].
  public static Handoff openByHand(
      TaskStore store,
      Supplier<? extends Collection<HandledType<?, ?>>> types,
      HandoffConfig config,
      Extensions extensions) {
    Engine engine = new Engine(store, types, config, extensions);
    engine.start(Engine.Pace.BY_HAND);
    return new Handoff(engine, store);
  }

  /// Submits one task. It is part of the caller's transaction if there is one, and starts after the
  /// commit; otherwise it is durable when this returns. Costs one commit, shared with other submits
  /// that wait at the same time.
  ///
  /// Before the caller's commit nobody sees the task, this thread neither: [#find] with the
  /// returned id is empty, [#list] does not contain it, [#cancel] is false, and a wait for its end
  /// within the transaction is in vain. Keep the id, and look after the commit.
  ///
  /// @return the task to follow; an older one where the type's [Sharing] says so
  /// @throws UnknownTaskTypeException when this engine was not started with the type
  /// @throws PayloadException when the request is null, or cannot be written and read again: it is
  ///   encoded and decoded once here, so that no task waits whose handler cannot have its request
  /// @throws PayloadTooLargeException over [Bounds#request]
  /// @throws HandoffException when the caller's transaction is read-only; the same call fails there
  ///   again
  /// @throws StoreUnavailableException when the store cannot take it now
  public <Q> TaskId submit(TaskType<Q, ?> type, Q request, Submission submission) {
    return engine.submit(List.of(new Work<>(type, request, submission))).getFirst();
  }

  /// Submits one task unless its owner submitted one with this key before: then returns that one,
  /// whatever has become of it, as `Idempotency-Key` does over HTTP. For callers that repeat a
  /// submit whose answer they did not get. Of several at once, on any node, one stores a task and
  /// all return its id.
  ///
  /// Keys are told apart by owner and tenant, and remembered for as long as the task is found:
  /// until the retention of its type has passed. A task with a key is one of its own: it joins no
  /// other task by its type's [Sharing], and takes no result from the cache. Part of the caller's
  /// transaction as [#submit] is; what is not committed yet is not compared with the request.
  ///
  /// @param key 1 to 200 characters, such as an order's number
  /// @throws KeyMismatchException when the key was used for another type or request
  /// @throws IllegalArgumentException for a blank or longer key
  public <Q> TaskId submitOnce(String key, TaskType<Q, ?> type, Q request, Submission submission) {
    Submission.requireKey("key", key);
    return engine.submitOnce(new Work<>(type, request, submission), key);
  }

  /// Submits one task for each request, all or none, in one transaction.
  public <Q> List<TaskId> submitAll(TaskType<Q, ?> type, List<Q> requests, Submission submission) {
    return submitAll(
        requests.stream().map(request -> new Work<>(type, request, submission)).toList());
  }

  /// Submits tasks of different types and owners, all or none, in one transaction. Returns their
  /// ids in the order of the work.
  public List<TaskId> submitAll(List<? extends Work<?>> works) {
    return works.isEmpty() ? List.of() : engine.submit(works);
  }

  /// Returns the task as it was committed last; empty when the id is unknown or its retention has
  /// passed. Empty also within the transaction that submits the task, because the store reads what
  /// is committed, on a connection of its own: the task is found after the commit. The caller
  /// checks whether the person who asks may see it, by its submission.
  public Optional<Task> find(TaskId id) {
    return store.find(id);
  }

  /// Returns those of these tasks that exist, in no particular order, with one query. The caller
  /// checks whether the person who asks may see them.
  ///
  /// @throws IllegalArgumentException for more than [TaskQuery#AT_ONCE]
  public List<TaskSummary> findAll(Collection<TaskId> ids) {
    return store.findAll(ids);
  }

  /// Returns the result of a completed task; empty for any other one, and for a type whose result
  /// is `Void`, which has no value.
  ///
  /// @throws PayloadException when it is not of this type
  public <R> Optional<R> result(TaskType<?, R> type, Task task) {
    return task.result().flatMap(payload -> engine.payloads().result(type, payload));
  }

  /// Waits until a task has ended, on whichever node, and returns it.
  ///
  /// Blocks the calling thread; a virtual thread costs least. The end is noticed as a follower
  /// notices it ([#follow(TaskId, long, EventSubscriber)]): at once when it is committed on this
  /// node, and usually within milliseconds when on another. A wait costs a follower and two reads
  /// of the task; nothing is read in between while no hint was lost. Time is that of [#clock], so a
  /// clock that stands still never ends the wait.
  ///
  /// A task that does not exist yet is waited for during the first minute, because the transaction
  /// that submits it may not be committed. For the same reason a call within that transaction waits
  /// in vain. On a node that was started by hand, another thread has to call [#runDue].
  ///
  /// @param atMost how long to wait; zero or less to return the task as it stands
  /// @return the task as it stands after the wait. It is still open when `atMost` has passed, or
  ///   this engine was closed, before its end: ask [Task#isTerminal]. Empty when the id is unknown
  ///   or its retention has passed.
  /// @throws StoreUnavailableException when the store cannot be read before or after the wait; an
  ///   outage in between only delays the end of the wait
  /// @throws InterruptedException when the thread is interrupted; the task goes on
  public Optional<Task> await(TaskId id, Duration atMost) throws InterruptedException {
    return engine.await(id, atMost);
  }

  /// Waits as [#await] does, and returns what the completed task gave back.
  ///
  /// @param atMost how long to wait; zero or less to look once
  /// @return the result; empty when the task is still open after the wait, has failed, was
  ///   cancelled, or is not there. [#await] says which.
  /// @throws PayloadException when the result is not of this type
  /// @throws StoreUnavailableException when the store cannot be read before or after the wait
  /// @throws InterruptedException when the thread is interrupted; the task goes on
  public <R> Optional<R> result(TaskType<?, R> type, TaskId id, Duration atMost)
      throws InterruptedException {
    return await(id, atMost).flatMap(task -> result(type, task));
  }

  /// Returns a handle of a task of this type, with its id and its result in one object. Costs
  /// nothing: the task is not looked for.
  public <R> TaskHandle<R> handle(TaskType<?, R> type, TaskId id) {
    return new TaskHandle<>(this, type, id);
  }

  /// Returns the request of a task, as the type has it now; empty when unknown or expired.
  ///
  /// @throws PayloadException when it is not of this type
  public <Q> Optional<Q> request(TaskType<Q, ?> type, TaskId id) {
    return store.request(id).map(payload -> engine.payloads().request(type, payload));
  }

  /// Cancels an open task. A running attempt is interrupted, its slot is released at once, and
  /// nothing that it writes later counts.
  ///
  /// @return whether it was open
  public boolean cancel(TaskId id, String reason) {
    return store.cancel(id, reason);
  }

  /// Queues a failed task again, due at once. It keeps its id and the results of its steps; the
  /// attempts, waits and time of its policy begin anew, and the numbers of attempts and events
  /// continue. Costs one commit.
  ///
  /// @return whether it was queued again; not if it is unknown or expired, has not failed, or if an
  ///   equal task is open now, which a submit would join
  public boolean retry(TaskId id) {
    return engine.retry(id);
  }

  /// Returns the tasks that match the query, newest first. For the next page pass the id of the
  /// last task of this one as `before`; a page that is not full is the last one. Tasks whose
  /// retention has passed are not listed.
  ///
  /// A page of an owner's or a tenant's tasks costs as much as it shows, however many there are.
  /// Other conditions filter on the way: where few tasks match, many are read. The caller checks
  /// whether the person who asks may see them.
  ///
  /// @param before where to go on; nothing for the first page
  /// @param atMost 1 to [TaskQuery#PAGE_LIMIT]
  /// @throws IllegalArgumentException when `atMost` is out of its bounds
  public List<TaskSummary> list(TaskQuery query, Optional<TaskId> before, int atMost) {
    return store.list(query, before, atMost);
  }

  /// Returns the task's events with numbers above `after`, at most `atMost` of them, however large
  /// they are; empty when the task is unknown.
  public List<LoggedEvent> events(TaskId id, long after, int atMost) {
    return store.events(id, after, atMost);
  }

  /// Returns a page of the task's log for a reader that comes repeatedly: at most `atMost` events
  /// after its position, and fewer where they are large (about 1 MiB). Empty when the task is
  /// unknown or its retention has passed.
  public Optional<EventPage> events(TaskId id, LogPosition position, int atMost) {
    return engine.events(id, position, atMost);
  }

  /// Returns a position for a reader that knows only the number of an event. If an older copy of
  /// the data replaced the log, and the event with this number happened after that or up to a
  /// minute before, the reader may have seen another event: then the position is one that no log
  /// has, and following from it reports the whole log. Every other position is returned unchanged,
  /// as is the end of a task.
  public LogPosition doubted(Task task, LogPosition position) {
    return DoubtedPosition.of(store, task, position);
  }

  /// Returns whether the task has ended and a reader at this position has seen all of its log.
  public boolean isToldUpTo(Task task, LogPosition position) {
    return task.isTerminal()
        && position.after() == task.activity().lastEvent()
        && (position.at() == null
            || events(task.id(), position, 1).filter(page -> !page.reset()).isPresent());
  }

  /// Reports the task's events with numbers above `after` to the subscriber: those in the store,
  /// then the others as they are committed, each once and without gaps. The subscription closes
  /// itself after the last event of the task; follow again to see a later retry.
  ///
  /// If the log has no event with that number, the subscriber gets [EventSubscriber#onReset] and
  /// then the whole log; the same happens when an older copy of the data replaces the log. A task
  /// that does not exist is waited for during the first minute, because the transaction that
  /// submits it may not be committed yet. The end of a task is reported for at least a minute,
  /// however short its retention; later the subscriber gets [EventSubscriber#onGone].
  public Subscription follow(TaskId id, long after, EventSubscriber subscriber) {
    return follow(id, LogPosition.after(after), subscriber);
  }

  /// Follows from a position that also says when its event happened.
  public Subscription follow(TaskId id, LogPosition position, EventSubscriber subscriber) {
    return engine.follow(id, position, subscriber);
  }

  /// Reports the tasks of this owner to the subscriber: first those that are open and those that
  /// changed since the given time, newest first; then each task that changes. A new task is
  /// reported at once when it was submitted on this node, and within about a second when on
  /// another; each task at most every 250 ms. The end of a task is always reported: if a hint was
  /// lost, a scan of the owner's tasks finds it, every 10 s where that costs little. The
  /// subscription never closes itself.
  ///
  /// Subscribers of the same owner on this node share all reads after the first one.
  ///
  /// @param since what an earlier subscriber was told last; nothing to begin with the open tasks
  ///   (one that ended a moment ago may be told as well)
  public Subscription followOwner(
      TaskOwner owner, Optional<Instant> since, OwnerSubscriber subscriber) {
    return engine.followOwner(owner, since, subscriber);
  }

  /// Runs what is due on the calling thread, one task after the other, until nothing is. For a node
  /// that was started by hand.
  public void runDue() {
    engine.runDue();
  }

  /// Returns whether the task waits although it is due, because no live node runs tasks of its
  /// type: none was started with a handler of it, or none is left. A worker of an older version,
  /// which does not tell its types, counts as one that runs all. What is known of the nodes is up
  /// to two seconds old, and kept that long for all calls; false while the store cannot say.
  public boolean lacksWorker(Task task) {
    return engine.lacksWorker(task);
  }

  /// Returns a task's place in its line, as of a second ago at most: one read of each line and
  /// second, however many ask. Empty unless it waits for its turn or runs, before 20 attempts of
  /// its type have completed, and while the store cannot say.
  public Optional<QueuePlace> place(TaskSummary task) {
    return engine.place(task);
  }

  /// Returns the clock of this engine and its store.
  public TimeSource clock() {
    return store.clock();
  }

  /// Returns the accounts that tasks are paid from.
  public Budgets budgets() {
    return store.budgets();
  }

  /// Returns the limits that all nodes share.
  public Gates gates() {
    return store.gates();
  }

  /// Returns what an operator sees and does, over all owners.
  public Operations operations() {
    return new Operations(this, engine::request, store::step);
  }

  /// Returns what runs on this node at this moment, from memory.
  public NodeStatus status() {
    return new NodeStatus(
        engine.node(),
        engine.isRunning(),
        engine.attempts(),
        engine.followers(),
        engine.abandoned(),
        engine.stalled());
  }

  /// The state of a node for its operator: its attempts and subscribers. `running` is false before
  /// the start, after the close, and while one of the engine's loops stands still; `stalled` names
  /// these. `abandoned` are handlers that go on although their attempt was ended by its hard limit
  /// or a cancellation: while there are more of them than slots, the node claims nothing.
  public record NodeStatus(
      NodeId node,
      boolean running,
      int attempts,
      int followers,
      int abandoned,
      List<String> stalled) {
    public NodeStatus {
      stalled = List.copyOf(stalled);
    }

    public NodeStatus(NodeId node, boolean running, int attempts, int followers) {
      this(node, running, attempts, followers, 0, List.of());
    }
  }

  /// Closes the node: drains it as [#drain] does, and leaves the other nodes.
  @Override
  public void close() {
    engine.close();
  }
}
