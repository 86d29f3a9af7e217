package dev.handoff.testing.simulation;

import dev.handoff.testing.simulation.SimulatedDatabase.Copy;
import dev.handoff.testing.simulation.Simulation.FaultKind;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Injects faults into the nodes of a simulation and their database.
final class Blows {
  private final Simulation simulation;
  private final RandomGenerator random;
  private final FaultKind kind;
  private final Duration end;

  Blows(Simulation simulation, RandomGenerator random, FaultKind kind, Duration end) {
    this.simulation = simulation;
    this.random = random;
    this.kind = kind;
    this.end = end;
  }

  void start() {
    simulation.faults().latency(Duration.ofMillis(random.nextInt(4) == 0 ? 50 : 2));
    if (kind != FaultKind.CALM) {
      simulation.outside().startVirtual("blows", this::loop);
    }
  }

  private void loop() {
    while (simulation.scheduler().passed().compareTo(end) < 0) {
      rest(200, 5_000);
      switch (kind) {
        case CALM -> {}
        case HANGING -> {
          if (random.nextInt(3) == 0) {
            refuseSessions();
          } else {
            hang();
          }
        }
        case STORMY -> storm();
        case FAILOVER -> {
          if (random.nextInt(3) == 0) {
            failOver();
          } else {
            storm();
          }
        }
      }
    }
  }

  private void rest(int least, int most) {
    Duration length = Duration.ofMillis(least + random.nextInt(most - least));
    simulation.outside().sleepUninterruptibly(length);
  }

  private void hang() {
    note("commits hang");
    simulation.faults().commitsHang(true);
    rest(1_000, 30_000);
    simulation.faults().commitsHang(false);
    note("commits go on");
  }

  private void refuseSessions() {
    SimulatedProcess process = anyNode().process();
    note(process.name() + " has no session");
    simulation.database().refuseSessions(process, true);
    rest(1_000, 30_000);
    simulation.database().refuseSessions(process, false);
    note(process.name() + " may have a session");
  }

  private SimulatedNode anyNode() {
    return simulation.nodes().get(random.nextInt(simulation.nodes().size()));
  }

  private void storm() {
    SimulatedNode node = anyNode();
    switch (random.nextInt(8)) {
      case 0 -> {
        node.kill();
        rest(100, 12_000);
        if (node.process().isKilled()) {
          node.start();
        }
      }
      case 1 -> {
        note(node.process().name() + " is frozen");
        node.process().freeze();
        rest(100, 25_000);
        note(node.process().name() + " is thawed");
        node.process().thaw();
      }
      case 2 -> {
        goAway(100, 10_000);
      }
      case 3 -> {
        simulation.faults().lostAnswers(0.1);
        rest(500, 3_000);
        simulation.faults().lostAnswers(0);
      }
      case 4 -> {
        simulation.faults().refusals(0.1);
        rest(500, 3_000);
        simulation.faults().refusals(0);
      }
      case 5 -> hang();
      case 6 -> refuseSessions();
      default -> simulation.clock().step(Duration.ofMillis(random.nextInt(4_000) - 2_000));
    }
  }

  private void goAway(int least, int most) {
    note("the database is away");
    simulation.faults().away(true);
    rest(least, most);
    simulation.faults().away(false);
    note("the database is back");
  }

  private void failOver() {
    Copy copy = simulation.database().copy();
    Duration copied = simulation.scheduler().passed();
    rest(100, 4_000);
    note("the database is away, its standby is behind");
    simulation.faults().away(true);
    rest(100, 4_000);
    if (simulation.scheduler().passed().compareTo(end) < 0) {
      copy.promote();
      simulation.history().wentBackTo(copied);
      note("the standby is promoted");
    }
    simulation.faults().away(false);
  }

  private void note(String what) {
    simulation.history().line(what);
  }

  /// Ends all faults: frozen processes continue, killed ones are started.
  void end() {
    note("the blows end");
    simulation.faults().end();
    simulation
        .nodes()
        .forEach(node -> {
          node.process().thaw();
          if (node.process().isKilled()) {
            node.start();
          }
        });
  }
}
