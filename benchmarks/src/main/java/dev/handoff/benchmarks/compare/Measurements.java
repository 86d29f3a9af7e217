package dev.handoff.benchmarks.compare;

import dev.handoff.benchmarks.Bench;
import dev.handoff.benchmarks.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/// What is asked of every peer, the same of each. `benchmarks/bullmq/measured.mjs` does the same in
/// JavaScript.
final class Measurements {
  static final int THREADS = 16;
  static final int DRAINED = 20_000;

  /// What is done before the clock starts, for a process that has just started runs code that the
  /// compiler has not seen yet.
  static final int DRAINED_BEFORE = 150_000;

  static final int PICKED_UP = 200;
  static final int ORPHANS = 200;

  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MEASURE = Duration.ofMillis(1_500);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final Duration TASK_EVERY = Duration.ofMillis(50);
  private static final int WARM_UP_TASKS = 4_000;
  private static final int WAITING = 10_000;
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final Duration ORPHAN_RUNS = Duration.ofSeconds(5);
  private static final int READ = 2_000;

  private final Peer peer;
  private final Coordinator coordinator;

  Measurements(Peer peer, Coordinator coordinator) {
    this.peer = peer;
    this.coordinator = coordinator;
  }

  void submit() throws InterruptedException {
    Runnable one = () -> peer.submit(Bench.REQUEST);
    Runnable thousand = () -> peer.submitAll(Collections.nCopies(1_000, Bench.REQUEST));
    var _ = rate(THREADS, one, WARM_UP);
    coordinator.figure("submit-1", rate(1, one, MEASURE));
    coordinator.figure("submit-16", rate(THREADS, one, MEASURE));
    thousand.run();
    coordinator.figure("submit-bulk", 1_000 * rate(1, thousand, MEASURE));
  }

  void drain() throws InterruptedException {
    fill();
    CountDownLatch before = new CountDownLatch(DRAINED_BEFORE);
    CountDownLatch all = new CountDownLatch(DRAINED_BEFORE + DRAINED);
    peer.work(
        Peer.Aim.THROUGHPUT,
        _ -> {
          before.countDown();
          all.countDown();
        });
    before.await();
    long start = System.nanoTime();
    all.await();
    await(peer::isDrained);
    coordinator.figure("drain", Figures.perSecond(DRAINED, System.nanoTime() - start));
  }

  /// Leaves as many waiting tasks as a drain takes.
  void fill() {
    List<String> thousand = Collections.nCopies(1_000, Bench.REQUEST);
    for (int i = 0; i < DRAINED_BEFORE + DRAINED; i += 1_000) {
      peer.submitAll(thousand);
    }
  }

  void latency() throws InterruptedException {
    ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    CountDownLatch begun = new CountDownLatch(WARM_UP_TASKS + PICKED_UP);
    peer.work(
        Peer.Aim.LATENCY,
        request -> {
          long now = System.nanoTime();
          long submitted = Request.number(request);
          if (submitted != 0) {
            nanos.add(now - submitted);
          }
          begun.countDown();
        });
    warmUp();
    await(peer::isDrained);
    submitNowAndThen();
    begun.await();
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    coordinator.figure("latency-p50", Figures.percentile(sorted, 0.50));
    coordinator.figure("latency-p99", Figures.percentile(sorted, 0.99));
  }

  /// Submits 4,000 tasks numbered 0, one after the other.
  void warmUp() {
    for (int i = 0; i < WARM_UP_TASKS; i++) {
      peer.submit(Request.numbered(0));
    }
  }

  /// Submits a task every 50 ms, each numbered with the nanosecond of its submit.
  void submitNowAndThen() {
    long next = System.nanoTime();
    for (int i = 0; i < PICKED_UP; i++) {
      next += TASK_EVERY.toNanos();
      pause(Duration.ofNanos(next - System.nanoTime()));
      peer.submit(Request.numbered(System.nanoTime()));
    }
  }

  void waiting() throws InterruptedException, IOException {
    CountDownLatch left = new CountDownLatch(WAITING);
    peer.work(
        Peer.Aim.WAITING,
        request -> {
          if (Request.number(request) != 0) {
            pause(WAIT);
            left.countDown();
          }
        });
    warmUp();
    await(peer::isDrained);
    List<String> thousand = Collections.nCopies(1_000, Request.numbered(1));
    long start = System.nanoTime();
    for (int i = 0; i < WAITING; i += 1_000) {
      peer.submitAll(thousand);
    }
    left.await();
    await(peer::isDrained);
    coordinator.figure("waiting-seconds", (System.nanoTime() - start) / 1e9);
    coordinator.figure("waiting-memory", Figures.peakMegabytes());
  }

  void reads() throws InterruptedException {
    coordinator.figure("reads", readRate());
  }

  /// Reads a second of tasks that it submits before.
  double readRate() throws InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < READ; i++) {
      ids.add(peer.submit(Bench.REQUEST));
    }
    return warmRate(
        THREADS,
        () -> {
          String id = ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
          if (!peer.isKnown(id)) {
            throw new IllegalStateException("lost " + id);
          }
        });
  }

  /// Has 200 tasks running that do not end; the coordinator kills it.
  void hold() throws InterruptedException {
    peer.submitAll(Request.many(ORPHANS));
    peer.work(
        Peer.Aim.DEFAULTS,
        request -> {
          coordinator.tell("begun", Request.number(request));
          pause(Duration.ofHours(1));
        });
    forEver();
  }

  void take() throws InterruptedException {
    peer.work(
        Peer.Aim.DEFAULTS,
        request -> {
          coordinator.tell("begun", Request.number(request));
          pause(ORPHAN_RUNS);
        });
    coordinator.tell("ready");
    forEver();
  }

  static double warmRate(int threads, Runnable call) throws InterruptedException {
    var _ = rate(threads, call, WARM_UP);
    return rate(threads, call, MEASURE);
  }

  private static double rate(int threads, Runnable call, Duration time)
      throws InterruptedException {
    LongAdder calls = new LongAdder();
    long end = System.nanoTime() + time.toNanos();
    long nanos =
        Bench.timed(
            threads,
            () -> {
              while (System.nanoTime() - end < 0) {
                call.run();
                calls.increment();
              }
            });
    return Figures.perSecond(calls.sum(), nanos);
  }

  static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      pause(LOOK_EVERY);
    }
  }

  static void pause(Duration time) {
    try {
      var _ = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  static void forEver() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
