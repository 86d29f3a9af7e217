package dev.handoff.benchmarks;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/// From the call of submit to the first line of the handler, on an idle engine that has done some
/// work before, a task every 50 ms.
final class PickUpLatency {
  private static final int TASKS = 200;
  private static final int RUNS = 5;
  private static final int WARM_UP = 5_000;
  private static final Duration EVERY = Duration.ofMillis(50);

  private PickUpLatency() {}

  static void run() throws Exception {
    double[] medians = new double[RUNS];
    double[] tails = new double[RUNS];
    SynchronousQueue<Long> begun = new SynchronousQueue<>();
    try (Bench bench = new Bench();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Handoff handoff =
            bench.start(
                HandoffConfig.defaults(),
                (_, _) -> {
                  begun.put(System.nanoTime());
                  return Outcome.done("done");
                })) {
      for (int i = 0; i < WARM_UP; i++) {
        handoff.submit(Bench.WORK, Bench.REQUEST, Bench.BY);
        begun.take();
      }
      for (int run = 0; run < RUNS; run++) {
        long[] nanos = measure(handoff, timer, begun);
        medians[run] = Figures.percentile(nanos, 0.50);
        tails[run] = Figures.percentile(nanos, 0.99);
      }
    }
    Figures.print("submit to handler when idle, p50", "ms", medians);
    Figures.print("submit to handler when idle, p99", "ms", tails);
  }

  private static long[] measure(
      Handoff handoff, ScheduledExecutorService timer, SynchronousQueue<Long> begun)
      throws Exception {
    long[] nanos = new long[TASKS];
    for (int i = 0; i < TASKS; i++) {
      int index = i;
      timer
          .schedule(
              () -> {
                long start = System.nanoTime();
                handoff.submit(Bench.WORK, Bench.REQUEST, Bench.BY);
                nanos[index] = begun.take() - start;
                return index;
              },
              EVERY.toMillis(),
              TimeUnit.MILLISECONDS)
          .get();
    }
    Arrays.sort(nanos);
    return nanos;
  }
}
