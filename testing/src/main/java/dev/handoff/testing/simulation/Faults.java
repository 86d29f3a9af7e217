package dev.handoff.testing.simulation;

import dev.handoff.StoreUnavailableException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// The present faults between the nodes and their database. Used on the simulation's thread only.
final class Faults {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final RandomGenerator random;
  private boolean away;
  private boolean commitsHang;
  private double lostAnswers;
  private double refusals;
  private Duration latency = Duration.ZERO;

  Faults(RandomGenerator random) {
    this.random = random;
  }

  void away(boolean away) {
    this.away = away;
  }

  void commitsHang(boolean hang) {
    this.commitsHang = hang;
  }

  /// The share of answers that are lost after the commit.
  void lostAnswers(double share) {
    this.lostAnswers = share;
  }

  /// The share of statements that the server refuses, as with a `statement_timeout`.
  void refusals(double share) {
    this.refusals = share;
  }

  /// The longest duration of an exchange.
  void latency(Duration latency) {
    this.latency = latency;
  }

  void end() {
    away = false;
    commitsHang = false;
    lostAnswers = 0;
    refusals = 0;
    latency = Duration.ofMillis(1);
  }

  /// Waits for the duration of one network trip.
  void travel(SimulatedProcess process) {
    long most = latency.toNanos();
    if (most > 0) {
      process.sleepUninterruptibly(Duration.ofNanos(random.nextLong(most)));
    }
  }

  void requireThere() {
    if (away) {
      throw new StoreUnavailableException("the simulated database is away", RETRY_AFTER);
    }
  }

  void refuseSome() {
    if (refusals > 0 && random.nextDouble() < refusals) {
      throw new StoreUnavailableException(
          "the simulated database stopped a statement", RETRY_AFTER);
    }
  }

  void awaitCommit(SimulatedProcess process) {
    while (commitsHang) {
      process.sleepUninterruptibly(Duration.ofMillis(20));
    }
    requireThere();
  }

  boolean losesAnswer() {
    return away || (lostAnswers > 0 && random.nextDouble() < lostAnswers);
  }

  StoreUnavailableException lost() {
    return new StoreUnavailableException("the simulated database's answer was lost", RETRY_AFTER);
  }
}
