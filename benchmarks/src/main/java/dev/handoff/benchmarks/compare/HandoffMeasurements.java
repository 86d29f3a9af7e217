package dev.handoff.benchmarks.compare;

import dev.handoff.benchmarks.Bench;
import dev.handoff.benchmarks.Figures;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// What is asked of Handoff alone.
final class HandoffMeasurements {
  private static final int FINISHED_SEEDS = 1_000;
  private static final int WAITING = 1_000_000;
  private static final int FILLERS = 4;
  private static final int CLAIMED = 20_000;
  // The warm-up's last tasks take the other process less.
  private static final Duration UNTIL_PICKED = Duration.ofSeconds(3);
  private static final Duration TELL_EVERY = Duration.ofMillis(5);

  private final HandoffPeer handoff;
  private final Measurements common;
  private final Coordinator coordinator;

  HandoffMeasurements(HandoffPeer handoff, Measurements common, Coordinator coordinator) {
    this.handoff = handoff;
    this.common = common;
    this.coordinator = coordinator;
  }

  /// Leaves 1,000 finished tasks, for the coordinator to multiply.
  void finishSome() {
    handoff.submitAll(Collections.nCopies(FINISHED_SEEDS, Bench.REQUEST));
    handoff.work(Peer.Aim.THROUGHPUT, _ -> {});
    Measurements.await(handoff::isDrained);
  }

  /// Leaves a million waiting tasks.
  void pileUp() throws InterruptedException {
    List<String> thousand = Collections.nCopies(1_000, Bench.REQUEST);
    var _ =
        Bench.timed(
            FILLERS,
            () -> {
              for (int i = 0; i < WAITING; i += 1_000 * FILLERS) {
                handoff.submitAll(thousand);
              }
            });
  }

  /// Submit, status and claim, on whatever lies in the store.
  void flat() throws InterruptedException {
    common.fill();
    coordinator.figure("flat-reads", common.readRate());
    coordinator.figure(
        "flat-submit",
        Measurements.warmRate(Measurements.THREADS, () -> handoff.submit(Bench.REQUEST)));
    long start = System.nanoTime();
    handoff.work(Peer.Aim.THROUGHPUT, _ -> {});
    Measurements.await(() -> handoff.ended() > 0);
    long first = System.nanoTime();
    coordinator.figure("flat-start", (first - start) / 1e6);
    Measurements.await(() -> handoff.ended() >= Measurements.DRAINED_BEFORE);
    long before = handoff.ended();
    long warm = System.nanoTime();
    Measurements.await(() -> handoff.ended() >= before + CLAIMED);
    coordinator.figure(
        "flat-claim", Figures.perSecond(handoff.ended() - before, System.nanoTime() - warm));
  }

  /// Drains together with others, from the word on, and tells how far it is.
  void share() throws InterruptedException {
    coordinator.awaitGo();
    handoff.work(Peer.Aim.THROUGHPUT, _ -> {});
    long told = 0;
    while (true) {
      Measurements.pause(TELL_EVERY);
      long ended = handoff.ended();
      if (ended > told) {
        coordinator.tell("ended", ended);
        told = ended;
      }
    }
  }

  /// Tells how many nanoseconds after its submit, by another process, each task is picked up.
  void pick() throws InterruptedException {
    handoff.work(
        Peer.Aim.LATENCY,
        request -> {
          long submitted = Request.number(request);
          coordinator.tell("picked", submitted == 0 ? 0 : System.nanoTime() - submitted);
        });
    coordinator.tell("ready");
    Measurements.forEver();
  }

  /// Submits now and then, for the other process to pick up.
  void submitForOthers() throws InterruptedException {
    common.warmUp();
    Measurements.pause(UNTIL_PICKED);
    common.submitNowAndThen();
  }
}
