package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.EngineListener;
import dev.handoff.EventPage;
import dev.handoff.EventSubscriber;
import dev.handoff.Extensions;
import dev.handoff.HandledType;
import dev.handoff.HandoffConfig;
import dev.handoff.LogPosition;
import dev.handoff.NodeId;
import dev.handoff.OwnerSubscriber;
import dev.handoff.Payload;
import dev.handoff.QueuePlace;
import dev.handoff.Subscription;
import dev.handoff.Task;
import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import dev.handoff.TaskSummary;
import dev.handoff.Times;
import dev.handoff.Work;
import dev.handoff.store.Claimant;
import dev.handoff.store.TaskStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One node: its dispatcher, its lease, its followers. [dev.handoff.Handoff] is the public face of
/// it. Safe for use by many threads.
public final class Engine implements AutoCloseable {
  private final EngineParts parts;
  private final HandledTypes types;
  private final Slots slots;
  private final Dispatcher dispatcher;
  private final LeaseKeeper leaseKeeper;
  private final UnhandledTypes unhandled;
  private final QueueLooks looks;
  private final AttemptDurations durations;
  private final Sweepers sweepers;
  private final EndAnnouncer announcer;
  private final EventHub hub;
  private final OwnerHub owners;
  private final Submissions submissions;
  private final AtomicBoolean mayStartClaiming = new AtomicBoolean();
  private final AtomicBoolean claims = new AtomicBoolean();
  private volatile @Nullable Instant drainsUntil;
  private boolean isStartTold;
  private volatile boolean running;

  /// An engine that is not started yet. The types are asked for once, at the first submit or when
  /// the engine begins to claim.
  public Engine(
      TaskStore store,
      Supplier<? extends Collection<HandledType<?, ?>>> types,
      HandoffConfig config,
      Extensions extensions) {
    this(store, types, config, extensions, new SecureRandom(), Scheduler.SYSTEM);
  }

  /// An engine with its own source of randomness and of threads, which a simulation repeats.
  public Engine(
      TaskStore store,
      Supplier<? extends Collection<HandledType<?, ?>>> types,
      HandoffConfig config,
      Extensions extensions,
      RandomGenerator random,
      Scheduler scheduler) {
    Payloads payloads = new Payloads(extensions.codec(), config.bounds());
    this.durations = new AttemptDurations(store, new GuardedListener(extensions.listener()));
    EngineListener listener = durations;
    NodeId node = new NodeId(new UUID(random.nextLong(), random.nextLong()).toString());
    Heartbeats heartbeats = new Heartbeats(scheduler::nanoTime);
    this.parts =
        new EngineParts(
            node,
            store,
            config,
            payloads,
            listener,
            new Deadlines(store.clock(), scheduler, listener, heartbeats),
            random,
            scheduler,
            new Workers(scheduler, listener),
            heartbeats,
            new AtomicLong());
    this.types = new HandledTypes(types, config.role());
    this.slots = new Slots(config.concurrency(), this.types);
    this.dispatcher =
        new Dispatcher(
            parts, slots, this.types, () -> config.role().runsTasks() || !store.hasWorkers());
    this.leaseKeeper = new LeaseKeeper(parts, slots, this.types);
    this.unhandled = new UnhandledTypes(parts, this.types);
    this.looks = new QueueLooks(parts, durations);
    this.sweepers = new Sweepers(parts, unhandled, durations);
    this.announcer = new EndAnnouncer(parts, extensions.ends());
    this.hub = new EventHub(parts);
    this.owners = new OwnerHub(parts);
    Submitter submitter =
        new Submitter(
            payloads, extensions.ends(), store.clock(), new TaskIds(store.clock(), random));
    this.submissions = new Submissions(parts, this.types, submitter, slots, dispatcher);
  }

  /// Who starts claims.
  public enum Pace {
    /// The engine, as soon as a task is due and a slot is free.
    BY_ITSELF,
    /// The engine, once it was told to, by [#startClaiming].
    WHEN_TOLD,
    /// The caller decides, by calling [#runDue].
    BY_HAND
  }

  /// Joins the other nodes, rescues the tasks of dead ones, and begins to claim if it does so by
  /// itself.
  public void start(Pace pace) {
    if (pace == Pace.BY_ITSELF) {
      requireTypes();
    }
    parts
        .store()
        .listen(new CommitListener(parts, slots, dispatcher, leaseKeeper, announcer, hub, owners));
    leaseKeeper.join();
    running = true;
    if (pace == Pace.BY_HAND) {
      tellStarted();
      return;
    }
    leaseKeeper.start();
    mayStartClaiming.set(true);
    if (pace == Pace.BY_ITSELF) {
      startClaiming();
    }
  }

  /// Begins to claim tasks and to announce ends. Does nothing if the engine does so already, or is
  /// driven by hand.
  ///
  /// @throws IllegalArgumentException when two types have the same name
  public void startClaiming() {
    requireTypes();
    if (!mayStartClaiming.compareAndSet(true, false)) {
      return;
    }
    drainsUntil = null;
    leaseKeeper.tellTypes();
    sweepers.start();
    announcer.start();
    dispatcher.start();
    if (parts.config().role().runsTasks()) {
      submissions.offerTo(dispatcher);
    }
    claims.set(true);
    tellStarted();
  }

  /// Claims no more tasks and announces no more ends, until [#startClaiming]. The time for running
  /// attempts to end begins. Returns at once; does nothing on a node that does not claim.
  public void stopClaiming() {
    if (!claims.compareAndSet(true, false)) {
      return;
    }
    drainsUntil = drainEnd();
    submissions.offerTo(Claimant.NOBODY);
    dispatcher.pause();
    announcer.pause();
    mayStartClaiming.set(true);
  }

  /// Stops claiming, waits for running attempts as long as the configuration says, counted from
  /// [#stopClaiming], and hands the others back.
  public void drain() {
    stopClaiming();
    var ignored = drained();
  }

  private Collection<Attempt> drained() {
    awaitAttempts();
    Collection<Attempt> left = slots.all();
    left.forEach(attempt -> attempt.stop(AttemptEnd.HANDED_BACK));
    return left;
  }

  private Instant drainEnd() {
    return Times.plus(parts.store().clock().instant(), parts.config().drain());
  }

  /// Asks for the types now.
  ///
  /// @throws IllegalArgumentException when two types have the same name
  public void requireTypes() {
    Map<String, HandledType<?, ?>> unused = types.all();
  }

  private void tellStarted() {
    if (isStartTold) {
      return;
    }
    isStartTold = true;
    parts
        .listener()
        .on(
            new EngineEvent.NodeStarted(
                parts.node(), parts.config().role(), parts.config().concurrency()));
  }

  /// Stores the task unless one was stored under the key.
  ///
  /// @throws dev.handoff.KeyMismatchException when that one is of another type or has another
  ///   request
  /// @throws dev.handoff.UnknownTaskTypeException when this engine was not started with the type
  public TaskId submitOnce(Work<?> work, String key) {
    return submissions.submitOnce(work, key);
  }

  /// Stores one task for each piece of work, all or none.
  ///
  /// @throws dev.handoff.UnknownTaskTypeException when this engine was not started with one of the
  ///   types
  public List<TaskId> submit(List<? extends Work<?>> works) {
    return submissions.submit(works);
  }

  /// Returns a task's stored request as the codec wrote it, without its version.
  public Optional<Payload> request(TaskId task) {
    return parts.store().request(task).map(stored -> RequestVersion.of(stored).request());
  }

  /// Queues a failed task again; returns whether it was.
  public boolean retry(TaskId task) {
    boolean retried = parts.store().retry(task);
    if (retried && !parts.config().role().runsTasks()) {
      // No submit wakes the dispatcher for it, so a node without a worker's role has to.
      dispatcher.wake();
    }
    return retried;
  }

  /// Does on the calling thread what an engine otherwise does in the background: renews its lease,
  /// rescues, purges, announces ends, and runs due tasks one after the other, until none is due.
  public void runDue() {
    var unusedRenewal = leaseKeeper.runOnce();
    sweepers.runOnce();
    durations.keep();
    do {
      var unusedStarts = dispatcher.runOnce(Runnable::run);
      // A listener of ends may submit more.
    } while (announcer.runOnce() > 0);
  }

  /// Subscribes to the events of the task after this position.
  public Subscription follow(TaskId task, LogPosition position, EventSubscriber subscriber) {
    return hub.follow(task, position, subscriber);
  }

  /// Blocks until the task has ended, `atMost` has passed, or the engine closes.
  ///
  /// @return the task as it stands then; empty when it is unknown or its retention has passed
  public Optional<Task> await(TaskId task, Duration atMost) throws InterruptedException {
    Instant until = Times.plus(parts.store().clock().instant(), atMost);
    Optional<Task> found = parts.store().find(task);
    if (found.isPresent() && found.get().isTerminal()) {
      return found;
    }
    long seen = found.map(open -> open.activity().lastEvent()).orElse(0L);
    Signal ended = new Signal(parts.scheduler());
    Subscription following = follow(task, LogPosition.after(seen), new EndSignal(ended));
    try (following) {
      parts.deadlines().await(ended, until);
    }
    return parts.store().find(task);
  }

  /// Returns a page of the task's log after the position.
  public Optional<EventPage> events(TaskId task, LogPosition position, int atMost) {
    return Following.page(parts.store(), task, LogMark.of(position), atMost);
  }

  /// Subscribes to the tasks of the owner: as they stand, then each that changes.
  public Subscription followOwner(
      TaskOwner owner, Optional<Instant> since, OwnerSubscriber subscriber) {
    return owners.follow(owner, since.map(Times::bounded), subscriber);
  }

  /// Returns what reads the requests and results of task types.
  public Payloads payloads() {
    return parts.payloads();
  }

  public NodeId node() {
    return parts.node();
  }

  /// Returns the names of the types that it was started with.
  public Collection<String> typeNames() {
    return types.all().keySet();
  }

  /// Returns whether it was started and not closed, and none of its loops is stalled.
  public boolean isRunning() {
    return running && stalled().isEmpty();
  }

  /// Returns the loops without a heartbeat within their bound; none once it was closed.
  public List<String> stalled() {
    return running ? parts.heartbeats().stalled() : List.of();
  }

  /// Returns whether the task is due and no live node runs its type.
  public boolean lacksWorker(Task task) {
    return unhandled.holdUp(task);
  }

  /// Returns where the task stands in its line, where that is known.
  public Optional<QueuePlace> place(TaskSummary task) {
    return looks.place(task);
  }

  /// Returns how many handlers still run although their attempts are over.
  public int abandoned() {
    return slots.abandoned();
  }

  /// Returns how many attempts run on this node.
  public int attempts() {
    return slots.all().size();
  }

  /// Returns how many subscribers of tasks and owners this node has.
  public int followers() {
    return hub.size() + owners.size();
  }

  /// Claims no more tasks, waits for running attempts as long as the configuration says, hands the
  /// others back, and leaves.
  @Override
  public void close() {
    if (!running) {
      return;
    }
    running = false;
    dispatcher.close();
    Collection<Attempt> left = drained();
    leaseKeeper.close();
    sweepers.close();
    announcer.close();
    leave();
    hub.close();
    owners.close();
    parts.deadlines().close();
    parts.workers().close();
    left.forEach(Attempt::release);
    parts.listener().on(new EngineEvent.NodeStopped(parts.node(), left.size()));
  }

  // Closes even while the store is unavailable: other nodes rescue the tasks once the lease ends.
  private void leave() {
    try {
      parts.store().leave(parts.node());
    } catch (RuntimeException away) {
      parts.listener().on(new EngineEvent.ServiceFailed("leave", away));
    }
  }

  private void awaitAttempts() {
    Instant begun = drainsUntil;
    Instant until = begun == null ? drainEnd() : begun;
    Waiter over = new Waiter(parts.store().clock(), parts.scheduler());
    Thread waits = parts.scheduler().startVirtual("handoff-drain", () -> awaitAll(over));
    try {
      over.awaitUntil(until);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waits.interrupt();
    }
  }

  private void awaitAll(Waiter over) {
    try {
      for (Attempt attempt : slots.all()) {
        attempt.awaitOver();
      }
      over.wake();
    } catch (InterruptedException timeIsUp) {
      Thread.currentThread().interrupt();
    }
  }
}
