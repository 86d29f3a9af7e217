package dev.handoff.jdbc.postgres;

import dev.handoff.StoreUnavailableException;
import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.row.WriteSizes;
import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.Uninterrupted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Collects calls of many threads into groups, one round trip each: while one group is sent, the
/// next one fills. Groups run on the batcher's own threads, because an interrupt of a caller would
/// close the connection that the others share.
///
/// Safe for use by many threads. Callers block until their call is answered. An interrupt does not
/// end the wait, because the write happens anyway; the thread's flag stays set.
public final class Batcher<O, R> implements AutoCloseable {
  private final GroupWork<O, R> work;
  private final int group;
  private final ToLongFunction<O> bytes;
  private final BlockingQueue<BatchedCall<O, R>> queue;
  private final Supplier<? extends RuntimeException> full;
  private final BatchedCall<O, R> end = new BatchedCall<>(null);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /// The number of threads, of waiting calls, of calls in a group, and the approximate bytes of a
  /// call.
  record BatcherSize<O>(int threads, int queue, int group, ToLongFunction<O> bytes) {}

  Batcher(
      String name,
      BatcherSize<O> size,
      Supplier<? extends RuntimeException> full,
      Scheduler scheduler,
      GroupWork<O, R> work) {
    this.work = work;
    this.group = size.group();
    this.bytes = size.bytes();
    this.full = full;
    this.queue = new ArrayBlockingQueue<>(size.queue());
    for (int i = 0; i < size.threads(); i++) {
      threads.add(scheduler.startPlatform("handoff-" + name, this::serve));
    }
  }

  /// Runs a group. Calls that it leaves unanswered fail with the exception that it throws.
  interface GroupWork<O, R> {
    void run(List<BatchedCall<O, R>> calls) throws Exception;
  }

  /// One caller's operation, and its answer.
  static final class BatchedCall<O, R> {
    private final @Nullable O operation;
    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private volatile boolean passed;

    BatchedCall(@Nullable O operation) {
      this.operation = operation;
    }

    O operation() {
      return Objects.requireNonNull(operation);
    }

    void answer(R result) {
      answer.complete(result);
    }

    void fail(Throwable cause) {
      answer.completeExceptionally(cause);
    }

    boolean isAnswered() {
      return answer.isDone();
    }

    /// Hands the call over to another batcher, which answers it.
    void pass() {
      passed = true;
    }

    private boolean isLeft() {
      return !passed && !isAnswered();
    }

    R await() {
      try {
        return answer.join();
      } catch (CompletionException e) {
        switch (e.getCause()) {
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          case null, default -> throw e;
        }
      }
    }
  }

  R call(O operation) {
    BatchedCall<O, R> call = new BatchedCall<>(operation);
    add(call);
    return call.await();
  }

  /// Queues a call; its creator waits for the answer.
  void add(BatchedCall<O, R> call) {
    if (closed) {
      throw PostgresErrors.closed();
    }
    if (!queue.offer(call)) {
      throw full.get();
    }
    // Closed meanwhile: either a thread still takes it, or it is ours to take back.
    if (closed && queue.remove(call)) {
      throw PostgresErrors.closed();
    }
  }

  int waiting() {
    return queue.size();
  }

  private void serve() {
    List<BatchedCall<O, R>> calls = new ArrayList<>();
    BatchedCall<O, R> next = take();
    while (next != end) {
      BatchedCall<O, R> tooMuch = gather(next, calls);
      runAll(calls);
      calls.clear();
      next = tooMuch == null ? take() : tooMuch;
    }
    // The other threads wait for it too.
    Uninterrupted.run(() -> queue.put(end));
  }

  private BatchedCall<O, R> take() {
    AtomicReference<@Nullable BatchedCall<O, R>> taken = new AtomicReference<>();
    Uninterrupted.run(() -> taken.set(queue.take()));
    return Objects.requireNonNull(taken.get());
  }

  /// Takes the waiting calls that fit into the group.
  ///
  /// @return the call that begins the next group, if it was taken already
  private @Nullable BatchedCall<O, R> gather(
      BatchedCall<O, R> first, List<BatchedCall<O, R>> calls) {
    calls.add(first);
    long together = bytes.applyAsLong(first.operation());
    while (calls.size() < group) {
      BatchedCall<O, R> next = queue.poll();
      if (next == null) {
        return null;
      }
      if (next == end) {
        return end;
      }
      together += bytes.applyAsLong(next.operation());
      if (together > WriteSizes.GROUP) {
        return next;
      }
      calls.add(next);
    }
    return null;
  }

  // Throwable: effects are users' code, and this thread has to survive it.
  private void runAll(List<BatchedCall<O, R>> calls) {
    try {
      work.run(calls);
      calls.stream()
          .filter(BatchedCall::isLeft)
          .forEach(call -> call.fail(new IllegalStateException("the group left a call out")));
    } catch (Throwable e) {
      calls.stream().filter(BatchedCall::isLeft).forEach(call -> call.fail(e));
    }
  }

  interface AtomicGroup<O, R> {
    void run(List<BatchedCall<O, R>> calls);
  }

  /// Runs a group that fails as a whole if one of its calls throws. Then its halves run,
  /// recursively, until only the failing calls are left. An outage fails all of them at once.
  static <O, R> void together(List<BatchedCall<O, R>> calls, AtomicGroup<O, R> group) {
    if (calls.isEmpty()) {
      return;
    }
    try {
      group.run(calls);
    } catch (StoreUnavailableException away) {
      calls.stream().filter(BatchedCall::isLeft).forEach(call -> call.fail(away));
    } catch (RuntimeException | Error e) {
      List<BatchedCall<O, R>> left = calls.stream().filter(BatchedCall::isLeft).toList();
      if (left.size() == 1) {
        left.getFirst().fail(e);
      } else {
        int half = left.size() / 2;
        together(left.subList(0, half), group);
        together(left.subList(half, left.size()), group);
      }
    }
  }

  /// Finishes the waiting calls, then stops the threads.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    // Behind everything that waits.
    Uninterrupted.run(() -> queue.put(end));
    threads.forEach(thread -> Uninterrupted.run(thread::join));
  }
}
