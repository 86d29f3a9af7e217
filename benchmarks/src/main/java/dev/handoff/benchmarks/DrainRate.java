package dev.handoff.benchmarks;

import dev.handoff.Extensions;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Role;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;

/// 20,000 waiting tasks that do nothing: from the engine's start to the last durable result.
final class DrainRate {
  private static final int TASKS = 20_000;
  private static final int RUNS = 5;

  private DrainRate() {}

  static void run() throws Exception {
    double[] rates = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      rates[run] = drain();
    }
    Figures.print("drain of 20,000 no-op tasks", "tasks/s", rates);
  }

  private static double drain() throws Exception {
    try (Bench bench = new Bench()) {
      try (Handoff fills =
          bench.start(
              HandoffConfig.defaults().withRole(Role.API), (_, _) -> Outcome.done("done"))) {
        for (int i = 0; i < TASKS; i += 1_000) {
          fills.submitAll(Bench.WORK, Collections.nCopies(1_000, Bench.REQUEST), Bench.BY);
        }
      }
      CountDownLatch left = new CountDownLatch(TASKS);
      long start = System.nanoTime();
      try (Handoff _ =
          Handoff.start(
              bench.store(),
              java.util.List.of(Bench.WORK.handledBy((_, _) -> Outcome.done("done"))),
              HandoffConfig.defaults().withConcurrency(200),
              Extensions.defaults()
                  .telling(event -> {
                    if (event instanceof dev.handoff.EngineEvent.AttemptEnded) {
                      left.countDown();
                    }
                  }))) {
        left.await();
        return Figures.perSecond(TASKS, System.nanoTime() - start);
      }
    }
  }
}
