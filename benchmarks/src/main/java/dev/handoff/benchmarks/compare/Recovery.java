package dev.handoff.benchmarks.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// A worker with 200 running tasks is gone: how long until the last of them runs again.
final class Recovery {
  /// Nothing is waited for longer than this.
  static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Duration SET_UP = Duration.ofMinutes(1);

  // Processes that die have mostly lived for a while.
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private final Rig rig;
  private final Contender contender;

  Recovery(Rig rig, Contender contender) {
    this.rig = rig;
    this.contender = contender;
  }

  /// After `kill -9`, another node takes over.
  ///
  /// @return seconds from the kill, or infinity
  double withSecondNode() throws IOException, InterruptedException {
    return withSecondNode(Child::kill);
  }

  /// The worker is frozen: nothing is heard of it, and the server still sees its session, as when
  /// its machine lost its network.
  ///
  /// @return seconds from then, or infinity
  double cutOff() throws IOException, InterruptedException {
    return withSecondNode(Child::freeze);
  }

  private interface RecoveryFault {
    void strike(Child child) throws IOException, InterruptedException;
  }

  private double withSecondNode(RecoveryFault blow) throws IOException, InterruptedException {
    try (MeasuredStore store = rig.store(contender);
        Child first = holding(store);
        Child second = rig.start(contender, store, "take")) {
      second.await("ready", SET_UP);
      Measurements.pause(SETTLE);
      long gone = System.nanoTime();
      blow.strike(first);
      return allBegun(second, gone);
    }
  }

  /// Nobody is there until the worker is started again.
  ///
  /// @return seconds from the start of its process, or infinity
  double restarted() throws IOException, InterruptedException {
    try (MeasuredStore store = rig.store(contender)) {
      try (Child first = holding(store)) {
        Measurements.pause(SETTLE);
        first.kill();
      }
      long start = System.nanoTime();
      try (Child next = rig.start(contender, store, "take")) {
        return allBegun(next, start);
      }
    }
  }

  private Child holding(MeasuredStore store) throws IOException, InterruptedException {
    Child child = rig.start(contender, store, "hold");
    if (Double.isInfinite(allBegun(child, System.nanoTime()))) {
      throw new IllegalStateException("does not begin its tasks");
    }
    return child;
  }

  private static double allBegun(Child child, long since) throws InterruptedException {
    Set<Long> begun = new HashSet<>();
    long end = since + LONGEST.toNanos();
    while (true) {
      var line = child.next(Duration.ofNanos(end - System.nanoTime()));
      if (line.isEmpty()) {
        return Double.POSITIVE_INFINITY;
      }
      if (line.get().says("begun")
          && begun.add(line.get().number())
          && begun.size() == Measurements.ORPHANS) {
        return (line.get().at() - since) / 1e9;
      }
    }
  }
}
