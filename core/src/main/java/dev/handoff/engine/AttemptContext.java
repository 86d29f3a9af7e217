package dev.handoff.engine;

import dev.handoff.Bounds;
import dev.handoff.LeaseLostException;
import dev.handoff.Limits;
import dev.handoff.LogLevel;
import dev.handoff.Payload;
import dev.handoff.PayloadCodec;
import dev.handoff.PayloadException;
import dev.handoff.PayloadTooLargeException;
import dev.handoff.Progress;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Submission;
import dev.handoff.TaskContext;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.OutputReset;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.UsageRecorded;
import dev.handoff.TaskGate;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.Times;
import dev.handoff.TypeRef;
import dev.handoff.Usage;
import dev.handoff.store.Claim;
import dev.handoff.store.TaskStore;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The context that a handler gets for its attempt. Safe for use by many threads.
final class AttemptContext implements TaskContext {
  private static final int STEP_NAME_LIMIT = 200;

  private final Claim claim;
  private final Limits limits;
  private final Bounds bounds;
  private final PayloadCodec codec;
  private final TaskStore store;
  private final Deadlines deadlines;
  private final AttemptLog log;
  private final SoftLimit softLimit;
  private final Runnable onChunk;
  private final Supplier<@Nullable AttemptEnd> end;
  private volatile @Nullable Boolean cancelledElsewhere;
  private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.NONE);
  private final AtomicLong events;
  private final AtomicBoolean hasOutput = new AtomicBoolean();

  /// The first half of a character, with which a chunk ended; its other half may come in the next.
  private final AtomicReference<String> halfCharacter = new AtomicReference<>("");

  /// The names of steps that have returned in this attempt, or are running.
  private final Set<String> steps = ConcurrentHashMap.newKeySet();

  AttemptContext(
      Claim claim,
      Limits limits,
      EngineParts parts,
      AttemptLog log,
      Runnable onChunk,
      Supplier<@Nullable AttemptEnd> end) {
    this.claim = claim;
    this.events = new AtomicLong(claim.lastEvent());
    this.limits = limits;
    this.bounds = parts.config().bounds();
    this.codec = parts.payloads().codec();
    this.store = parts.store();
    this.deadlines = parts.deadlines();
    this.log = log;
    this.softLimit = new SoftLimit(claim, limits, parts.deadlines());
    this.onChunk = onChunk;
    this.end = end;
  }

  @Override
  public TaskId taskId() {
    return claim.lease().task();
  }

  @Override
  public Submission submission() {
    return claim.submission();
  }

  @Override
  public int attempt() {
    return claim.attempt();
  }

  @Override
  public void progress(int percent, String message) {
    report(new Progress(percent, message, progress.get().step()));
  }

  @Override
  public void progress(int percent, String message, String step) {
    report(new Progress(percent, message, step));
  }

  private void report(Progress reported) {
    Progress now =
        progress.updateAndGet(before ->
            new Progress(
                Math.max(before.percent(), reported.percent()),
                reported.message(),
                reported.step()));
    add(new ProgressReported(now));
  }

  @Override
  public void emit(String chunk) {
    Payloads.requireWithin("a chunk of task " + taskId(), chunk, bounds.chunk());
    String text = halfCharacter.getAndSet("") + chunk;
    int end = text.length();
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
      halfCharacter.set(text.substring(end));
    }
    if (end > 0 || chunk.isEmpty()) {
      write(text.substring(0, end));
    }
  }

  private void write(String chunk) {
    onChunk.run();
    add(new ChunkEmitted(chunk));
    hasOutput.set(true);
  }

  /// Writes what still waits for its other half. Called when the handler has returned.
  void endOutput() {
    String half = halfCharacter.getAndSet("");
    if (!half.isEmpty()) {
      write(half);
    }
  }

  @Override
  public void resetOutput() {
    halfCharacter.set("");
    if (hasOutput.getAndSet(false)) {
      add(new OutputReset());
    }
  }

  @Override
  public void log(LogLevel level, String line) {
    add(new LineLogged(level, line));
  }

  @Override
  public void usage(Usage usage) {
    add(new UsageRecorded(usage));
  }

  private void add(TaskEvent event) {
    if (stopRequested()) {
      return;
    }
    if (events.incrementAndGet() > bounds.eventsPerTask()) {
      throw new PayloadTooLargeException(
          "the event log of task " + taskId(), events.get(), bounds.eventsPerTask());
    }
    log.add(event);
  }

  @Override
  public <T> T step(String name, Class<T> type, Callable<T> work) throws Exception {
    return step(name, TypeRef.of(type), work);
  }

  @Override
  public <T> T step(String name, TypeRef<T> type, Callable<T> work) throws Exception {
    if (name.isBlank() || name.length() > STEP_NAME_LIMIT) {
      throw new IllegalArgumentException(
          "a step's name has 1 to " + STEP_NAME_LIMIT + " characters, had " + name.length());
    }
    if (stopRequested()) {
      throw new LeaseLostException(taskId());
    }
    if (!steps.add(name)) {
      throw new IllegalStateException(
          "step '"
              + name
              + "' of task "
              + taskId()
              + " was called before in this attempt, and would return the value of that call; give"
              + " each step a name of its own, in a loop with an index, as in \""
              + name
              + " \" + i");
    }
    boolean returned = false;
    try {
      T value = stored(name, type, work);
      returned = true;
      return value;
    } finally {
      if (!returned) {
        // Nothing is stored under the name, so the handler may try again.
        steps.remove(name);
      }
    }
  }

  private <T> T stored(String name, TypeRef<T> type, Callable<T> work) throws Exception {
    Optional<Payload> remembered = retryWhileUnavailable(() -> store.step(taskId(), name));
    if (remembered.isPresent()) {
      return read(name, remembered.get(), type);
    }
    T value = work.call();
    Payload payload = written(name, type, value);
    Payloads.requireWithin(
        "step '" + name + "' of task " + taskId(), payload.text(), bounds.result());
    if (!retryWhileUnavailable(() -> store.saveStep(claim.lease(), name, payload))) {
      throw new LeaseLostException(taskId());
    }
    return value;
  }

  private <T> Payload written(String name, TypeRef<T> type, @Nullable T value) {
    if (value == null) {
      throw new PayloadException(
          "step '"
              + name
              + "' of a '"
              + claim.type()
              + "' task returned null, which cannot be remembered; return a value, like true");
    }
    return codec.encode(value, type);
  }

  private <T> T read(String name, Payload remembered, TypeRef<T> type) {
    try {
      return codec.decode(remembered, type);
    } catch (RuntimeException | Error unreadable) {
      throw UnreadableException.step(claim.type(), name, unreadable);
    }
  }

  @Override
  public void reserve(String account, long units) {
    if (stopRequested()
        || !retryWhileUnavailable(() -> store.budgets().reserve(claim.lease(), account, units))) {
      throw new LeaseLostException(taskId());
    }
  }

  @Override
  public TaskGate gate(String name) {
    return store.gates().gate(name);
  }

  // Repeats the call while the store is unavailable: a step that was done must not be done again
  // only because its value could not be written at once. Stops when the attempt is over or the
  // engine closes.
  private <T> T retryWhileUnavailable(Supplier<T> call) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return call.get();
        } catch (StoreUnavailableException away) {
          if (deadlines.isClosed()) {
            throw away;
          }
          if (stopRequested()) {
            throw new LeaseLostException(taskId());
          }
          try {
            deadlines.pause(away.retryAfter());
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Optional<Instant> softDeadline() {
    return limits.softLimit().map(soft -> Times.plus(claim.claimedAt(), soft));
  }

  @Override
  public <T> T beforeSoftLimit(Callable<T> work) throws Exception {
    return softLimit.run(work);
  }

  /// Returns whether the handler's result is a fallback, because its soft limit passed.
  boolean isFallback() {
    return softLimit.isExceeded();
  }

  @Override
  public boolean stopRequested() {
    return end.get() != null;
  }

  @Override
  public boolean cancelRequested() {
    return switch (end.get()) {
      case CANCELLED -> true;
      case LEASE_LOST -> isCancelledElsewhere();
      case BY_HANDLER, TIMED_OUT, HANDED_BACK -> false;
      case null -> false;
    };
  }

  // Another node may have cancelled the task, or rescued it: only the store knows.
  private boolean isCancelledElsewhere() {
    Boolean known = cancelledElsewhere;
    if (known == null) {
      known = isCancelled();
      cancelledElsewhere = known;
    }
    return known;
  }

  private boolean isCancelled() {
    try {
      return store
          .find(taskId())
          .filter(task -> task.state() instanceof TaskState.Cancelled)
          .isPresent();
    } catch (StoreUnavailableException unknown) {
      return false;
    }
  }
}
