package dev.handoff.engine;

import dev.handoff.AttemptException;
import dev.handoff.Effect;
import dev.handoff.EngineEvent.AttemptEnded;
import dev.handoff.EngineEvent.ServiceFailed;
import dev.handoff.FailureKind;
import dev.handoff.HandledType;
import dev.handoff.Handler;
import dev.handoff.Lease;
import dev.handoff.Limits;
import dev.handoff.Outcome;
import dev.handoff.Payload;
import dev.handoff.PayloadException;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.Times;
import dev.handoff.UncachedResult;
import dev.handoff.store.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One attempt at a task, from its claim to its end. It ends exactly once: by the handler, the hard
/// limit, or the loss of the lease, whichever comes first. The thread that ends it writes the
/// ending and releases the slot; the others find the attempt over.
final class Attempt {
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  private final Claim claim;
  private final HandledType<?, ?> handled;
  private final EngineParts parts;
  private final Observer observer;
  private final AttemptLog log;
  private final AtomicReference<@Nullable AttemptEnd> ended = new AtomicReference<>();
  private final Signal over;
  private final ReentrantLock threadLock = new ReentrantLock();
  private @Nullable Thread thread;
  private volatile boolean handling;
  private volatile Deadlines.@Nullable Deadline timeout;
  private volatile Instant lastChunkAt;

  /// Receives each call at most once, in any order.
  interface Observer {
    /// The attempt is over, and its slot can be released.
    void onOver(Attempt attempt);

    void onReturned(Attempt attempt);

    /// The code of this node cannot read the task; it is to be handed back.
    void onUnreadable(Attempt attempt);
  }

  Attempt(Claim claim, HandledType<?, ?> handled, EngineParts parts, Observer observer) {
    this.claim = claim;
    this.handled = handled;
    this.parts = parts;
    this.observer = observer;
    this.log = new AttemptLog(parts, claim.lease(), () -> stop(AttemptEnd.LEASE_LOST));
    this.over = new Signal(parts.scheduler());
    this.lastChunkAt = claim.claimedAt();
  }

  TaskId task() {
    return claim.lease().task();
  }

  Lease lease() {
    return claim.lease();
  }

  String type() {
    return claim.type();
  }

  private Limits limits() {
    return handled.type().policy().limits();
  }

  private Instant hardLimit() {
    return Times.plus(claim.claimedAt(), limits().hard());
  }

  private boolean isOver() {
    return ended.get() != null;
  }

  /// @return whether nothing had ended it before
  private boolean end(AttemptEnd why) {
    return ended.compareAndSet(null, why);
  }

  /// Returns whether the handler is still running although the attempt is over.
  boolean isAbandoned() {
    return handling && isOver();
  }

  /// Sets the deadline for the limits. They count from the claim, because the attempt may wait long
  /// for a carrier thread while other handlers compute.
  void watch() {
    timeout = parts.deadlines().at(nextLimit(), this::onTimeout);
  }

  private Instant nextLimit() {
    Instant hard = hardLimit();
    return limits()
        .longestSilence()
        .map(silence -> Times.plus(lastChunkAt, silence))
        .filter(silent -> silent.isBefore(hard))
        .orElse(hard);
  }

  /// Chunks do not move the deadline, because there are many of them: it is set again when it finds
  /// that there were some.
  private void onTimeout() {
    Instant limit = nextLimit();
    if (limit.isAfter(parts.store().clock().instant())) {
      timeout = parts.deadlines().at(limit, this::onTimeout);
      if (isOver()) {
        cancelTimeout();
      }
    } else {
      timeOut(limit.isBefore(hardLimit()));
    }
  }

  /// Runs the handler on the calling thread and returns when it has returned.
  void run() {
    enterThread();
    try {
      work();
    } finally {
      leaveThread();
    }
  }

  private void enterThread() {
    threadLock.lock();
    try {
      thread = Thread.currentThread();
    } finally {
      threadLock.unlock();
    }
  }

  // The one place where user code runs, hence the one that catches everything.
  private void work() {
    if (isOver()) {
      return;
    }
    AttemptEnding ending;
    handling = true;
    try {
      ending = handle(handled);
    } catch (Throwable thrown) {
      ending = failed(thrown);
    } finally {
      handling = false;
    }
    // The deadline comes after the handler where the process was suspended beyond the limit.
    if (!hardLimit().isAfter(parts.store().clock().instant())) {
      timeOut(false);
    }
    if (end(AttemptEnd.BY_HANDLER)) {
      write(ending);
    }
    observer.onReturned(this);
  }

  private <Q, R> AttemptEnding handle(HandledType<Q, R> type) throws Exception {
    Q request;
    try {
      request = parts.payloads().request(type.type(), claim.request());
    } catch (Throwable unreadable) {
      return failed(UnreadableException.request(claim.type(), unreadable));
    }
    AttemptContext context =
        new AttemptContext(claim, limits(), parts, log, this::onChunk, ended::get);
    Outcome<R> outcome = run(type.handler(), request, context);
    if (outcome == null) {
      throw new NullPointerException("the handler of '" + claim.type() + "' returned null");
    }
    context.endOutput();
    return new AttemptEnding(event(outcome), effects(outcome, context), null);
  }

  private <Q, R> Outcome<R> run(Handler<Q, R> handler, Q request, AttemptContext context)
      throws Exception {
    LogContext logged = new LogContext(claim);
    try {
      return handler.handle(request, context);
    } finally {
      logged.restore();
    }
  }

  private static List<Effect> effects(Outcome<?> outcome, AttemptContext context) {
    List<Effect> effects = outcome instanceof Outcome.Done<?> done ? done.effects() : List.of();
    return outcome instanceof Outcome.Done<?> && effects.isEmpty() && context.isFallback()
        ? List.of(new UncachedResult())
        : effects;
  }

  private TaskEvent event(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?> done -> new TaskCompleted(result(done));
      case Outcome.RetryAfter<?>(var delay, var why) -> decision().failed(why, delay);
      case Outcome.Snooze<?>(var delay, var message) ->
          decision().snooze(delay, message, FailureKind.TIMEOUT);
      case Outcome.Cancel<?>(var reason) -> new TaskCancelled(reason);
    };
  }

  private Payload result(Outcome.Done<?> done) {
    try {
      return parts.payloads().writeResult(handled.type(), done.result());
    } catch (PayloadException notKept) {
      throw AttemptException.of(
              FailureKind.ERROR,
              "The result of this '" + type() + "' task cannot be kept: " + notKept.problem() + ".")
          .causedBy(notKept);
    }
  }

  // Policies and exceptions are user code, so deciding may throw.
  private AttemptEnding failed(Throwable thrown) {
    AttemptEnding ending = decided(() -> decision().thrown(thrown), thrown);
    if (thrown instanceof UnreadableException && !ending.event().isTerminal()) {
      observer.onUnreadable(this);
    }
    return ending;
  }

  private AttemptEnding decided(Supplier<TaskEvent> event, @Nullable Throwable cause) {
    try {
      return AttemptEnding.of(event.get(), cause);
    } catch (Throwable undecided) {
      parts.listener().on(new ServiceFailed("attempt", undecided));
      return AttemptEnding.of(FailureDecision.plain(claim), cause);
    }
  }

  private void onChunk() {
    lastChunkAt = parts.store().clock().instant();
  }

  /// Ends the attempt at a limit: interrupts the handler and ignores whatever it does later.
  private void timeOut(boolean silent) {
    if (end(AttemptEnd.TIMED_OUT)) {
      interrupt();
      onWorker(() -> writeTimeOut(silent));
    }
  }

  private void writeTimeOut(boolean silent) {
    tryLater(
        writing(
            decided(
                () -> silent ? decision().silent(limits()) : decision().timedOut(limits()), null)));
  }

  // Does not retry on the worker thread: others need the worker while the store is unavailable.
  private void tryLater(EndWriting writing) {
    Optional<Duration> wait = writing.tryOnce();
    if (wait.isPresent()) {
      parts.deadlines().in(wait.get(), () -> onWorker(() -> tryLater(writing)));
    } else {
      finish(writing);
    }
  }

  private void onWorker(Runnable action) {
    try {
      parts.workers().run(action);
    } catch (Throwable notTaken) {
      parts.deadlines().in(AGAIN_AFTER, () -> onWorker(action));
      throw notTaken;
    }
  }

  /// Ends the attempt without writing anything.
  void stop(AttemptEnd why) {
    if (end(why)) {
      try {
        interrupt();
        log.abandon();
      } finally {
        release();
      }
    }
  }

  /// Blocks until it is over.
  void awaitOver() throws InterruptedException {
    over.await();
  }

  private void interrupt() {
    threadLock.lock();
    try {
      Thread running = thread;
      if (running != null) {
        running.interrupt();
      }
    } finally {
      threadLock.unlock();
    }
  }

  // Clears an interrupt that was meant for the attempt; the thread may be the caller's.
  private void leaveThread() {
    threadLock.lock();
    try {
      thread = null;
      if (isOver()) {
        var ignored = Thread.interrupted();
      }
    } finally {
      threadLock.unlock();
    }
  }

  private FailureDecision decision() {
    return FailureDecision.of(
        claim, handled.type().policy().retry(), parts.store().clock().instant(), parts);
  }

  private EndWriting writing(AttemptEnding ending) {
    return new EndWriting(parts, log, hardLimit(), this::failed, ending);
  }

  private void write(AttemptEnding ending) {
    EndWriting writing = writing(ending);
    Optional<Duration> wait = writing.tryOnce();
    while (wait.isPresent()) {
      try {
        parts.deadlines().pause(wait.get());
      } catch (InterruptedException ignored) {
        // The interrupt was for the handler, whose work is over.
      }
      wait = writing.tryOnce();
    }
    finish(writing);
  }

  private void finish(EndWriting writing) {
    try {
      AttemptEnding ending = writing.ending();
      Duration ran = Duration.between(claim.claimedAt(), parts.store().clock().instant());
      release();
      parts
          .listener()
          .on(
              new AttemptEnded(
                  task(),
                  claim.type(),
                  claim.attempt(),
                  ending.event(),
                  ran,
                  writing.isStored(),
                  ending.cause()));
    } finally {
      release();
    }
  }

  /// Releases the slot. A second call does nothing.
  void release() {
    cancelTimeout();
    over.give();
    observer.onOver(this);
  }

  private void cancelTimeout() {
    Deadlines.Deadline watching = timeout;
    if (watching != null) {
      parts.deadlines().cancel(watching);
    }
  }
}
