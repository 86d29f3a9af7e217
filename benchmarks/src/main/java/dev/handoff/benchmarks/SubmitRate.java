package dev.handoff.benchmarks;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Role;
import java.util.Collections;
import java.util.List;

/// Durable submits a second while nothing runs, the answer awaited each time.
final class SubmitRate {
  private static final int RUNS = 5;

  private SubmitRate() {}

  static void run() throws Exception {
    for (int threads : new int[] {1, 16}) {
      int each = threads == 1 ? 3_000 : 1_500;
      double[] rates = new double[RUNS];
      try (Bench bench = new Bench();
          Handoff handoff = submitsOnly(bench)) {
        measure(handoff, threads, 500);
        for (int run = 0; run < RUNS; run++) {
          rates[run] = measure(handoff, threads, each);
        }
      }
      Figures.print("durable submits, " + threads + " client threads", "tasks/s", rates);
    }
  }

  static void runBulk() throws Exception {
    List<String> thousand = Collections.nCopies(1_000, Bench.REQUEST);
    double[] rates = new double[RUNS];
    try (Bench bench = new Bench();
        Handoff handoff = submitsOnly(bench)) {
      handoff.submitAll(Bench.WORK, thousand, Bench.BY);
      for (int run = 0; run < RUNS; run++) {
        long nanos =
            Bench.timed(
                1,
                () -> {
                  for (int i = 0; i < 20; i++) {
                    handoff.submitAll(Bench.WORK, thousand, Bench.BY);
                  }
                });
        rates[run] = Figures.perSecond(20_000, nanos);
      }
    }
    Figures.print("durable submits in bulk, 1,000 a call", "tasks/s", rates);
  }

  private static Handoff submitsOnly(Bench bench) {
    return bench.start(HandoffConfig.defaults().withRole(Role.API), (_, _) -> Outcome.done("done"));
  }

  private static double measure(Handoff handoff, int threads, int each)
      throws InterruptedException {
    long nanos =
        Bench.timed(
            threads,
            () -> {
              for (int i = 0; i < each; i++) {
                handoff.submit(Bench.WORK, Bench.REQUEST, Bench.BY);
              }
            });
    return Figures.perSecond((long) threads * each, nanos);
  }
}
