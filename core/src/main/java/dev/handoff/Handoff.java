package dev.handoff;

import dev.handoff.engine.Engine;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Slow work, handed off: tasks go in, their events and results come out. One instance is one node;
/// several on one store share the work. Safe for use by many threads.
///
/// ```java
/// TaskType<String, String> GREET = TaskType.of("greet", String.class, String.class);
/// try (Handoff handoff = Handoff.start(store, List.of(GREET.handledBy(greeter)), HandoffConfig.defaults())) {
///   TaskId id = handoff.submit(GREET, "Asha", Submission.by("user-1"));
/// }
/// ```
public final class Handoff implements AutoCloseable {
  private static final Duration NOTICED_WITHIN = Duration.ofMinutes(1);

  private final Engine engine;
  private final TaskStore store;
  private final PayloadCodec codec;

  private Handoff(Engine engine, TaskStore store, PayloadCodec codec) {
    this.engine = engine;
    this.store = store;
    this.codec = codec;
  }

  /// Starts a node for types whose requests and results are strings; it logs what an operator
  /// should know.
  public static Handoff start(
      TaskStore store, List<HandledType<?, ?>> types, HandoffConfig config) {
    return start(store, types, config, Extensions.defaults());
  }

  /// Starts a node: joins the others, takes back what dead ones held, and begins to claim. The
  /// store stays the caller's to close, after this.
  public static Handoff start(
      TaskStore store, List<HandledType<?, ?>> types, HandoffConfig config, Extensions extensions) {
    Engine engine = new Engine(store, types, config, extensions);
    engine.start(Engine.Pace.BY_ITSELF);
    return new Handoff(engine, store, extensions.codec());
  }

  /// Starts a node that runs tasks only when [#runDue] is called: for tests that step through time,
  /// and for scripts.
  public static Handoff startByHand(
      TaskStore store, List<HandledType<?, ?>> types, HandoffConfig config, Extensions extensions) {
    Engine engine = new Engine(store, types, config, extensions);
    engine.start(Engine.Pace.BY_HAND);
    return new Handoff(engine, store, extensions.codec());
  }

  /// Hands off one piece of work: in the caller's transaction where there is one (nothing starts
  /// before it commits), else durable when this returns. Costs one commit, shared with others that
  /// wait.
  ///
  /// @return the task to follow; an older one where the type's [Sharing] says so
  /// @throws UnknownTaskTypeException when this engine was not started with the type
  /// @throws PayloadTooLargeException over [Bounds#request]
  /// @throws StoreUnavailableException when the store cannot take it now
  public <Q> TaskId submit(TaskType<Q, ?> type, Q request, Submission submission) {
    return engine.submit(List.of(new Work<>(type, request, submission))).getFirst();
  }

  /// The same for many requests, all or none, in one transaction.
  public <Q> List<TaskId> submitAll(TaskType<Q, ?> type, List<Q> requests, Submission submission) {
    return submitAll(
        requests.stream().map(request -> new Work<>(type, request, submission)).toList());
  }

  /// The same for work of different types and owners, all or none, in one transaction. The answers
  /// are in the order of the work.
  public List<TaskId> submitAll(List<? extends Work<?>> works) {
    return works.isEmpty() ? List.of() : engine.submit(works);
  }

  /// The task as it stands; nothing when the id is unknown or its retention has passed. Whether the
  /// asking person may see it is the caller's to check, by its submission.
  public Optional<Task> find(TaskId id) {
    return store.find(id);
  }

  /// Those of these tasks that there are, in no particular order: a batch at one look. Whether the
  /// asking person may see them is the caller's to check.
  ///
  /// @throws IllegalArgumentException for more than [TaskQuery#AT_ONCE]
  public List<TaskSummary> findAll(Collection<TaskId> ids) {
    return store.findAll(ids);
  }

  /// What a completed task gave back.
  ///
  /// @throws PayloadException when it is not of this type
  public <R> Optional<R> result(TaskType<?, R> type, Task task) {
    return task.result().map(payload -> codec.decode(payload, type.resultType()));
  }

  /// Waits until a task has ended, on whichever node, and returns it.
  ///
  /// Blocks the calling thread; a virtual thread costs least. The end is noticed as a follower
  /// notices it ([#follow(TaskId, long, EventSubscriber)]): at once when it is committed on this
  /// node, and usually within milliseconds when on another. A wait costs a follower and two reads
  /// of the task; nothing is read in between while no hint was lost. Time is that of [#clock], so
  /// a clock that stands still never ends the wait.
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

  /// What a task was asked to do.
  ///
  /// @throws PayloadException when it is not of this type
  public <Q> Optional<Q> request(TaskType<Q, ?> type, TaskId id) {
    return store.request(id).map(payload -> codec.decode(payload, type.requestType()));
  }

  /// Ends an open task. Where an attempt runs it is interrupted and its slot is free at once;
  /// nothing it writes later counts.
  ///
  /// @return whether it was open
  public boolean cancel(TaskId id, String reason) {
    return store.cancel(id, reason);
  }

  /// Has a failed task tried again, at once: under the same id, with what its steps remember, and
  /// with its policy's attempts, waits and time anew. Attempts and events are numbered on. Costs
  /// one commit.
  ///
  /// @return whether it was queued again; not if it is unknown or expired, has not failed, or if an
  ///   equal task is open now, which a submit would join
  public boolean retry(TaskId id) {
    return engine.retry(id);
  }

  /// The tasks that the query asks for, newest first. The next page comes `before` the id of the
  /// last one of this page; a page that is not full is the last one. Tasks whose retention has
  /// passed are not listed.
  ///
  /// A page of an owner's or a tenant's tasks costs as much as it shows, however many there are.
  /// Other conditions are looked at on the way: where few tasks meet them, it passes many. Whether
  /// the asking person may see them is the caller's to check.
  ///
  /// @param before where to go on; nothing for the first page
  /// @param atMost 1 to [TaskQuery#PAGE_LIMIT]
  /// @throws IllegalArgumentException when `atMost` is out of its bounds
  public List<TaskSummary> list(TaskQuery query, Optional<TaskId> before, int atMost) {
    return store.list(query, before, atMost);
  }

  /// The task's events numbered after `after`, at most `atMost` of them, however large they are.
  public List<LoggedEvent> events(TaskId id, long after, int atMost) {
    return store.events(id, after, atMost);
  }

  /// A page of the task's log for a reader who comes again and again: at most `atMost` events after
  /// its position, and fewer where they are large (about 1 MiB). Nothing when the task is unknown
  /// or its retention has passed.
  public Optional<EventPage> events(TaskId id, LogPosition position, int atMost) {
    return engine.events(id, position, atMost);
  }

  /// The position of a reader that came with nothing but a number. Where an older copy of the data
  /// took over, and the event that has the number now happened after that or up to a minute before,
  /// the reader may have seen another one: then this is a position that is in no log, so whoever
  /// follows from it is told all of the log. Other positions stay as they are, as does the end of a
  /// task.
  public LogPosition doubted(Task task, LogPosition position) {
    Optional<Instant> replaced = store.replacedAt().filter(task.timeline().createdAt()::isBefore);
    boolean bare = position.after() > 0 && position.at() == null;
    boolean over = task.isTerminal() && position.after() == task.activity().lastEvent();
    if (replaced.isEmpty() || !bare || over) {
      return position;
    }
    Instant from = replaced.get().minus(NOTICED_WITHIN);
    boolean doubtful =
        store.events(task.id(), position.after() - 1, 1).stream()
            .anyMatch(event -> !event.at().isBefore(from));
    return doubtful ? new LogPosition(position.after(), Instant.EPOCH) : position;
  }

  /// Whether the task has ended and a reader at this position has seen all of its log.
  public boolean isToldUpTo(Task task, LogPosition position) {
    return task.isTerminal()
        && position.after() == task.activity().lastEvent()
        && (position.at() == null
            || events(task.id(), position, 1).filter(page -> !page.reset()).isPresent());
  }

  /// Tells the subscriber the task's events numbered after `after`: those that are there, then the
  /// others as they are committed, without gaps or doubles. Ends by itself after the last event of
  /// the task; who wants to see a later retry follows again.
  ///
  /// Where the log has no event of that number, the subscriber is told so
  /// ([EventSubscriber#onReset]) and then all of the log; the same when the log it was told is
  /// replaced by an older copy. A task that is not there is waited for during the first minute: the
  /// transaction that submits it may not be committed yet. How a task ended is told for a minute at
  /// least, however short its retention; who comes later is told that it is gone
  /// ([EventSubscriber#onGone]).
  public Subscription follow(TaskId id, long after, EventSubscriber subscriber) {
    return follow(id, LogPosition.after(after), subscriber);
  }

  /// The same from a position that also says which event it was.
  public Subscription follow(TaskId id, LogPosition position, EventSubscriber subscriber) {
    return engine.follow(id, position, subscriber);
  }

  /// Tells the subscriber how all tasks of this owner stand: first those that are open and those
  /// that changed since the given time, newest first; then each that changes, a new one at once
  /// when it was submitted on this node and within about a second when on another, and each task at
  /// most every 250 ms. How a task ended is always told, whatever hints are lost: what was missed
  /// is found by a look through the owner's tasks, every 10 s where that costs little. Never ends
  /// by itself.
  ///
  /// All subscribers of an owner on this node share what is read for them, but for the first tasks.
  ///
  /// @param since what an earlier subscriber was told last; nothing to begin with the open tasks
  ///   (one that ended a moment ago may be told as well)
  public Subscription followOwner(
      TaskOwner owner, Optional<Instant> since, OwnerSubscriber subscriber) {
    return engine.followOwner(owner, since, subscriber);
  }

  /// Does what is due on the calling thread, tasks one after the other, until nothing is. For a
  /// node that was started by hand.
  public void runDue() {
    engine.runDue();
  }

  /// The one clock of this engine and its store.
  public TimeSource clock() {
    return store.clock();
  }

  /// The accounts that tasks are paid from.
  public Budgets budgets() {
    return store.budgets();
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

  /// A node as its operator sees it: how many attempts run on it, and how many follow tasks.
  ///
  /// `running` is false before the start, after the close, and while one of the engine's loops (its
  /// deadlines, its dispatcher, its lease keeper) stands still; `stalled` names these. `abandoned`
  /// are handlers that go on although their attempt was ended by its hard limit or a cancellation:
  /// while there are more of them than the node has slots, it claims nothing.
  public record NodeStatus(
      NodeId node,
      boolean running,
      int attempts,
      int followers,
      int abandoned,
      List<String> stalled) {
    /// Copies the list, which may change afterwards.
    public NodeStatus {
      stalled = List.copyOf(stalled);
    }

    /// Of a node whose loops go round and whose handlers returned.
    public NodeStatus(NodeId node, boolean running, int attempts, int followers) {
      this(node, running, attempts, followers, 0, List.of());
    }
  }

  /// Claims nothing more, waits for running attempts up to [HandoffConfig#drain], hands the others
  /// back at no cost, and leaves the nodes.
  @Override
  public void close() {
    engine.close();
  }
}
