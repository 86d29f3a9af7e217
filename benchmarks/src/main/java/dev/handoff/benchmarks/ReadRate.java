package dev.handoff.benchmarks;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Role;
import dev.handoff.TaskId;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Reads of one task's state by id, from 16 threads.
final class ReadRate {
  private static final int THREADS = 16;
  private static final int EACH = 10_000;
  private static final int RUNS = 5;

  private ReadRate() {}

  static void run() throws Exception {
    double[] rates = new double[RUNS];
    try (Bench bench = new Bench();
        Handoff handoff =
            bench.start(
                HandoffConfig.defaults().withRole(Role.API), (_, _) -> Outcome.done("done"))) {
      List<TaskId> ids =
          handoff.submitAll(Bench.WORK, Collections.nCopies(10_000, Bench.REQUEST), Bench.BY);
      read(handoff, ids);
      for (int run = 0; run < RUNS; run++) {
        rates[run] = Figures.perSecond(THREADS * EACH, read(handoff, ids));
      }
    }
    Figures.print("status reads, 16 threads", "reads/s", rates);
  }

  private static long read(Handoff handoff, List<TaskId> ids) throws InterruptedException {
    return Bench.timed(
        THREADS,
        () -> {
          for (int i = 0; i < EACH; i++) {
            TaskId id = ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
            if (handoff.find(id).isEmpty()) {
              throw new IllegalStateException("lost " + id);
            }
          }
        });
  }
}
