package dev.handoff.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Brings together what many threads want of the database at the same time: while one group is on
/// its way the next one gathers, and each group costs one exchange with the server. The threads are
/// the lane's own, because an interrupt that is meant for a handler would close the connection
/// under all the others.
///
/// Safe for use by many threads. Callers block until theirs is done; an interrupt does not end the
/// wait, because the write would happen all the same, and the thread's flag stays set.
final class Lane<O, R> implements AutoCloseable {
  private final Work<O, R> work;
  private final int group;
  private final BlockingQueue<Call<O, R>> queue;
  private final Supplier<? extends RuntimeException> full;
  private final Call<O, R> end = new Call<>(null);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /// How many threads serve the lane, how many calls may wait, and how many go together.
  record Size(int threads, int queue, int group) {}

  Lane(String name, Size size, Supplier<? extends RuntimeException> full, Work<O, R> work) {
    this.work = work;
    this.group = size.group();
    this.full = full;
    this.queue = new ArrayBlockingQueue<>(size.queue());
    for (int i = 0; i < size.threads(); i++) {
      threads.add(Thread.ofPlatform().daemon().name("handoff-" + name).start(this::serve));
    }
  }

  /// Does all of a group. Calls that it does not answer fail with what it throws.
  interface Work<O, R> {
    void run(List<Call<O, R>> calls) throws Exception;
  }

  /// One caller's wish.
  static final class Call<O, R> {
    private final @Nullable O operation;
    private final CompletableFuture<R> answer = new CompletableFuture<>();

    Call(@Nullable O operation) {
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
  }

  /// Waits its turn, and for the answer.
  R call(O operation) {
    Call<O, R> call = new Call<>(operation);
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
    try {
      return call.answer.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  /// How many calls wait.
  int waiting() {
    return queue.size();
  }

  private void serve() {
    List<Call<O, R>> calls = new ArrayList<>();
    boolean last = false;
    while (!last) {
      Uninterrupted.run(() -> calls.add(queue.take()));
      queue.drainTo(calls, group - 1);
      last = calls.remove(end);
      if (!calls.isEmpty()) {
        runAll(calls);
      }
      calls.clear();
    }
    // The other threads wait for it too.
    Uninterrupted.run(() -> queue.put(end));
  }

  // Throwable: effects are users' code, and this thread has to survive it.
  private void runAll(List<Call<O, R>> calls) {
    try {
      work.run(calls);
      calls.stream()
          .filter(call -> !call.isAnswered())
          .forEach(call -> call.fail(new IllegalStateException("the group left a call out")));
    } catch (Throwable e) {
      calls.stream().filter(call -> !call.isAnswered()).forEach(call -> call.fail(e));
    }
  }

  /// Finishes what waits, then ends the threads.
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
