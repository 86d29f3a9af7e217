package dev.handoff.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/// Calls that were made at the same moment, each by a thread of its own.
final class Burst {
  private final long[] nanos;
  private final List<String> answers;

  private Burst(long[] nanos, List<String> answers) {
    this.nanos = nanos;
    this.answers = answers;
  }

  /// Sorted, from each call to its whole answer.
  long[] nanos() {
    return nanos;
  }

  /// In the order of the calls.
  List<String> answers() {
    return answers;
  }

  interface BurstCall {
    String make(int index) throws Exception;
  }

  /// Makes so many calls.
  ///
  /// @throws IllegalStateException when one of them fails
  static Burst of(int size, BurstCall call) throws Exception {
    long[] nanos = new long[size];
    String[] answers = new String[size];
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int index = i;
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  go.await();
                  long start = System.nanoTime();
                  answers[index] = call.make(index);
                  nanos[index] = System.nanoTime() - start;
                } catch (Exception e) {
                  failures.add(e.toString());
                }
              }));
    }
    go.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.size() + " failed; the first: " + failures.peek());
    }
    Arrays.sort(nanos);
    return new Burst(nanos, List.of(answers));
  }
}
