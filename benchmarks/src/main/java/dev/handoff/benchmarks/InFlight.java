package dev.handoff.benchmarks;

import dev.handoff.EngineEvent;
import dev.handoff.Extensions;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// 10,000 tasks that wait 2 s each, all at once in one JVM: from the first submit to the last
/// durable result, and the process's peak memory.
final class InFlight {
  private static final int TASKS = 10_000;
  private static final int WAIT_SECONDS = 2;
  private static final int RUNS = 3;

  private InFlight() {}

  static void run() throws Exception {
    double[] seconds = new double[RUNS];
    double[] memory = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      seconds[run] = waitAll();
      memory[run] = Figures.peakMegabytes();
    }
    Figures.print("10,000 tasks waiting 2 s each, at once", "s", seconds);
    Figures.print("  peak resident memory of the process", "MB", memory);
  }

  private static double waitAll() throws Exception {
    CountDownLatch left = new CountDownLatch(TASKS);
    try (Bench bench = new Bench();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Handoff handoff =
            Handoff.start(
                bench.store(),
                List.of(
                    Bench.WORK.handledBy((_, _) -> {
                      CountDownLatch over = new CountDownLatch(1);
                      var _ = timer.schedule(over::countDown, WAIT_SECONDS, TimeUnit.SECONDS);
                      over.await();
                      return Outcome.done("done");
                    })),
                HandoffConfig.defaults().withConcurrency(TASKS),
                Extensions.defaults()
                    .telling(event -> {
                      if (event instanceof EngineEvent.AttemptEnded) {
                        left.countDown();
                      }
                    }))) {
      long start = System.nanoTime();
      for (int i = 0; i < TASKS; i += 1_000) {
        handoff.submitAll(Bench.WORK, Collections.nCopies(1_000, Bench.REQUEST), Bench.BY);
      }
      left.await();
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
