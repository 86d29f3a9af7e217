package dev.handoff.engine;

import dev.handoff.EngineEvent.AttemptEnded;
import dev.handoff.EngineEvent.ServiceFailed;
import dev.handoff.FailureKind;
import dev.handoff.HandledType;
import dev.handoff.Lease;
import dev.handoff.Outcome;
import dev.handoff.Payload;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.Effect;
import dev.handoff.store.EffectFailedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One try at a task, from its claim to its end. It ends exactly once, whoever is first: the
/// handler, the hard limit, or the loss of the lease. Whoever ends it writes the ending and frees
/// the slot; the others find it over.
final class Attempt {
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

  private final Claim claim;
  private final HandledType<?, ?> handled;
  private final EngineParts parts;
  private final Consumer<Attempt> onOver;
  private final AttemptLog log;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ReentrantLock threadLock = new ReentrantLock();
  private @Nullable Thread thread;

  Attempt(Claim claim, HandledType<?, ?> handled, EngineParts parts, Consumer<Attempt> onOver) {
    this.claim = claim;
    this.handled = handled;
    this.parts = parts;
    this.onOver = onOver;
    this.log = new AttemptLog(parts, claim.lease(), this::stop);
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

  /// Does the work on the calling thread and returns when the handler did.
  void run() {
    enterThread();
    Alarms.Alarm hardLimit =
        parts
            .alarms()
            .at(claim.claimedAt().plus(handled.type().policy().limits().hard()), this::timeOut);
    try {
      if (!ended.get()) {
        callHandler(handled);
      }
    } finally {
      parts.alarms().cancel(hardLimit);
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
  private <Q, R> void callHandler(HandledType<Q, R> type) {
    try {
      Q request = parts.codec().decode(claim.request(), type.type().requestType());
      AttemptContext context =
          new AttemptContext(claim, type.type().policy().limits(), parts, log, ended::get);
      Outcome<R> outcome = type.handler().handle(request, context);
      returned(outcome);
    } catch (Throwable thrown) {
      if (ended.compareAndSet(false, true)) {
        write(verdict().thrown(thrown), List.of(), thrown);
      }
    }
  }

  private void returned(Outcome<?> outcome) {
    List<Effect> effects =
        outcome instanceof Outcome.Done<?> done ? done.effects() : List.<Effect>of();
    TaskEvent ending = ending(outcome);
    if (ended.compareAndSet(false, true)) {
      write(ending, effects, null);
    }
  }

  private TaskEvent ending(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?>(var result, var _) -> {
        Payload payload = parts.codec().encode(result);
        AttemptContext.requireWithin(
            "the result of task " + task(), payload.text(), parts.config().bounds().result());
        yield new TaskCompleted(payload);
      }
      case Outcome.RetryAfter<?>(var delay, var why) -> verdict().failed(why, delay);
      case Outcome.Snooze<?>(var delay, var message) ->
          verdict().snooze(delay, message, FailureKind.TIMEOUT);
      case Outcome.Cancel<?>(var reason) -> new TaskCancelled(reason);
    };
  }

  /// Ends it at the hard limit: the handler is interrupted, and what it does from now on counts for
  /// nothing.
  private void timeOut() {
    if (ended.compareAndSet(false, true)) {
      interrupt();
      TaskEvent ending = verdict().timedOut(handled.type().policy().limits());
      parts.scheduler().startVirtual("handoff-timeout", () -> write(ending, List.of(), null));
    }
  }

  /// Ends it without writing anything: somebody else has the last word on the task.
  void stop() {
    if (ended.compareAndSet(false, true)) {
      interrupt();
      log.abandon();
      free();
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

  // An interrupt that came for the attempt is over with it; the thread may be the caller's.
  private void leaveThread() {
    threadLock.lock();
    try {
      thread = null;
      if (ended.get()) {
        var _ = Thread.interrupted();
      }
    } finally {
      threadLock.unlock();
    }
  }

  private Verdict verdict() {
    return new Verdict(
        handled.type().policy().retry(),
        claim.attempt(),
        claim.round(),
        parts.store().clock().instant(),
        parts.random());
  }

  private void write(TaskEvent ending, List<Effect> effects, @Nullable Throwable cause) {
    TaskEvent written = ending;
    Throwable shown = cause;
    boolean stored;
    try {
      stored = log.end(ending, effects);
    } catch (RuntimeException refused) {
      // An effect failed, so nothing of this ending was written: that is a failed attempt like any
      // other.
      shown = refused instanceof EffectFailedException effect ? effect.thrown() : refused;
      written = verdict().thrown(shown);
      stored = writeAnyhow(written);
    }
    free();
    parts.listener().on(ended(written, stored, shown));
  }

  // An ending that is not written would leave the task in processing for as long as this node
  // lives.
  private boolean writeAnyhow(TaskEvent ending) {
    while (!parts.alarms().isClosed()) {
      try {
        return log.end(ending, List.of());
      } catch (RuntimeException refused) {
        parts.listener().on(new ServiceFailed("attempt", refused));
        try {
          parts.alarms().pause(AFTER_REFUSAL);
        } catch (InterruptedException _) {
          // The interrupt was for the handler, whose work is over.
        }
      }
    }
    return false;
  }

  private AttemptEnded ended(TaskEvent ending, boolean stored, @Nullable Throwable cause) {
    Duration ran = Duration.between(claim.claimedAt(), parts.store().clock().instant());
    return new AttemptEnded(task(), claim.type(), claim.attempt(), ending, ran, stored, cause);
  }

  private void free() {
    over.countDown();
    onOver.accept(this);
  }
}
