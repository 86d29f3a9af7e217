package dev.handoff.engine;

import dev.handoff.EngineEvent;
import dev.handoff.HandledType;
import dev.handoff.TaskId;
import dev.handoff.TimeSource;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.Claimant;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Claims tasks for the free slots of a node and starts their attempts. Sleeps until it is woken (a
/// task is due, a slot was released) or until the next task becomes due; it does not poll.
final class Dispatcher implements Claimant, AutoCloseable {
  /// A larger batch would delay the start of its first task.
  private static final int CLAIM_LIMIT = 500;

  /// How long it sleeps at most, in case a wake-up is lost.
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

  /// Doubled after each empty claim of a due task, at most [#MOST_DOUBLINGS] times.
  private static final Duration WHILE_OTHERS_CLAIM = Duration.ofMillis(100);

  private static final int MOST_DOUBLINGS = 5;

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private static final Duration GOES_ROUND_WITHIN = Duration.ofMinutes(1);

  /// How long it claims no tasks of a type when it could not read one of them, so that nodes of
  /// another version have the first choice. Tasks of the type that it can read wait as long.
  private static final Duration LEAVES_UNREADABLE_FOR = Duration.ofMillis(250);

  private static final String NAME = "dispatcher";

  private final EngineParts parts;
  private final TaskStore store;
  private final TimeSource clock;
  private final Slots slots;
  private final HandledTypes types;
  private final BooleanSupplier mayClaim;
  private final Waiter waiter;

  /// Held from counting the free slots until the claimed tasks have theirs. So no slot is filled
  /// twice, and a task that this node has claimed has its attempt in the slots.
  private final ReentrantLock claiming = new ReentrantLock();

  private final Attempt.Observer attemptsEnd =
      new Attempt.Observer() {
        @Override
        public void onOver(Attempt attempt) {
          slots.release(attempt);
          waiter.wake();
        }

        @Override
        public void onUnreadable(Attempt attempt) {
          slots.leave(attempt.type(), clock.instant().plus(LEAVES_UNREADABLE_FOR));
          var unusedDeadline = parts.deadlines().in(LEAVES_UNREADABLE_FOR, Dispatcher.this::wake);
        }

        @Override
        public void onReturned(Attempt attempt) {
          if (slots.returned(attempt)) {
            waiter.wake();
          }
        }
      };

  private volatile Heartbeats.@Nullable Beat beat;
  private volatile boolean open = true;
  private volatile boolean paused;

  /// How many claims in a row were empty although a task was due.
  private int inVain;

  /// Whether the last claim took every waiting task and no task came since. Only then does a new
  /// task probably have no older one before it.
  private volatile boolean caughtUp;

  Dispatcher(EngineParts parts, Slots slots, HandledTypes types, BooleanSupplier mayClaim) {
    this.parts = parts;
    this.store = parts.store();
    this.clock = store.clock();
    this.slots = slots;
    this.types = types;
    this.mayClaim = mayClaim;
    this.waiter = new Waiter(clock, parts.scheduler(), this::isAlive);
  }

  /// Starts to claim, or goes on after [#pause].
  void start() {
    paused = false;
    if (beat != null) {
      wake();
      return;
    }
    beat = parts.heartbeats().of(NAME, GOES_ROUND_WITHIN);
    var ignored = parts.scheduler().startPlatform("handoff-dispatcher", this::loop);
  }

  /// Starts no more claims until it is started again.
  void pause() {
    paused = true;
  }

  /// Claims again, because a task may be able to start now. Costs nothing while it is awake.
  void wake() {
    caughtUp = false;
    waiter.wake();
  }

  private void isAlive() {
    Heartbeats.Beat alive = beat;
    if (alive != null) {
      alive.now();
    }
  }

  private void loop() {
    while (open) {
      try {
        isAlive();
        Instant next = runOnce(this::startThread);
        waiter.awaitUntil(next);
      } catch (InterruptedException ignored) {
        // It ends by being closed, not by an interrupt that some code left behind.
      } catch (Throwable e) {
        if (open) {
          report(e);
          pauseAfterFailure();
        }
      }
    }
  }

  private void report(Throwable failure) {
    parts.listener().on(new EngineEvent.ServiceFailed(NAME, failure));
  }

  private void pauseAfterFailure() {
    try {
      parts.deadlines().pause(AFTER_FAILURE);
    } catch (InterruptedException ignored) {
      // The loop looks whether it is to end.
    }
  }

  private void startThread(Runnable attempt) {
    var ignored = parts.scheduler().startVirtual("handoff-attempt", attempt);
  }

  // An attempt that cannot be started releases its slot; the lease keeper hands its task back
  // later.
  private void start(Attempt attempt, Executor executor) {
    try {
      executor.execute(attempt::run);
    } catch (Throwable notStarted) {
      attempt.stop(AttemptEnd.HANDED_BACK);
      report(notStarted);
    }
  }

  /// Claims and starts the tasks that can start now.
  ///
  /// @return when to look again if nothing wakes it before
  Instant runOnce(Executor executor) {
    Instant later = clock.instant().plus(LONGEST_SLEEP);
    while (open && !paused && mayClaim.getAsBoolean()) {
      isAlive();
      Instant looked = clock.instant();
      Optional<ClaimedBatch> round = claimNext();
      if (round.isEmpty()) {
        return later;
      }
      List<Attempt> claimed = round.get().attempts();
      claimed.forEach(attempt -> start(attempt, executor));
      inVain = claimed.isEmpty() ? inVain : 0;
      if (round.get().isAll()) {
        List<String> types = round.get().request().rooms().stream().map(Room::type).toList();
        Instant next = store.nextDue(types).orElse(later);
        if (next.isAfter(clock.instant())) {
          return next.isBefore(later) ? next : later;
        }
        if (claimed.isEmpty() && !next.isAfter(looked)) {
          // It was due before this node claimed: another node is claiming it, or this node's lease
          // has lapsed.
          return clock
              .instant()
              .plus(WHILE_OTHERS_CLAIM.multipliedBy(1L << Math.min(inVain++, MOST_DOUBLINGS)));
        }
      }
    }
    return later;
  }

  private record ClaimedBatch(ClaimRequest request, List<Attempt> attempts) {
    /// Returns whether this claim took every waiting task that the node can run.
    boolean isAll() {
      return attempts.size() < request.atMost();
    }
  }

  private Optional<ClaimedBatch> claimNext() {
    claiming.lock();
    try {
      Optional<ClaimedBatch> next =
          request().map(request -> new ClaimedBatch(request, taken(store.claim(request))));
      caughtUp = next.filter(ClaimedBatch::isAll).isPresent();
      return next;
    } finally {
      claiming.unlock();
    }
  }

  /// Runs this task on the calling thread if it is due and unclaimed. If this node has claimed it
  /// already, its attempt is in the slots when this returns.
  ///
  /// @return whether it was run
  boolean runHere(TaskId task) {
    List<Attempt> claimed;
    claiming.lock();
    try {
      claimed = taken(store.claim(task, parts.node()).stream().toList());
    } finally {
      claiming.unlock();
    }
    claimed.forEach(Attempt::run);
    return !claimed.isEmpty();
  }

  /// Has no offer while another thread claims, or while older tasks wait: new tasks are then
  /// claimed by the loop, and the store's thread is not held up.
  @Override
  public Optional<Offer> offer() {
    if (!open || paused || !caughtUp || !claiming.tryLock()) {
      return Optional.empty();
    }
    Optional<ClaimRequest> request = Optional.empty();
    try {
      request = request();
    } finally {
      if (request.isEmpty()) {
        claiming.unlock();
      }
    }
    return request.map(LockedOffer::new);
  }

  /// Holds the lock until it is started or closed.
  private final class LockedOffer implements Offer {
    private final ClaimRequest request;
    private boolean ended;

    LockedOffer(ClaimRequest request) {
      this.request = request;
    }

    @Override
    public ClaimRequest request() {
      return request;
    }

    @Override
    public void start(List<Claim> claims) {
      List<Attempt> attempts;
      try {
        attempts = taken(claims);
      } finally {
        close();
      }
      attempts.forEach(attempt -> Dispatcher.this.start(attempt, Dispatcher.this::startThread));
    }

    @Override
    public void close() {
      if (!ended) {
        ended = true;
        claiming.unlock();
      }
    }
  }

  private Optional<ClaimRequest> request() {
    List<Room> rooms = slots.rooms(clock.instant());
    return rooms.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ClaimRequest(parts.node(), rooms, Math.min(CLAIM_LIMIT, slots.available())));
  }

  private List<Attempt> taken(List<Claim> claims) {
    List<Attempt> attempts = claims.stream().flatMap(claim -> attempt(claim).stream()).toList();
    for (Attempt attempt : attempts) {
      slots.take(attempt);
      watch(attempt);
    }
    return attempts;
  }

  private void watch(Attempt attempt) {
    try {
      attempt.watch();
    } catch (Throwable notWatched) {
      attempt.stop(AttemptEnd.HANDED_BACK);
      report(notWatched);
    }
  }

  // A claim of a type without a handler gets no attempt; the lease keeper hands it back later.
  private Optional<Attempt> attempt(Claim claim) {
    HandledType<?, ?> handled = types.find(claim.type());
    if (handled == null) {
      report(
          new IllegalStateException(
              "claimed a task of type '" + claim.type() + "', which this engine does not handle"));
      return Optional.empty();
    }
    return Optional.of(new Attempt(claim, handled, parts, attemptsEnd));
  }

  @Override
  public void close() {
    open = false;
    wake();
  }
}
