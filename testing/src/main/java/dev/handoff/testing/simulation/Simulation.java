package dev.handoff.testing.simulation;

import dev.handoff.Role;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// One run of the simulation: real engines, as nodes of all roles, over a database that fails, in
/// one thread and in simulated time. First random work under blows; then the blows stop, and after
/// a while the run is judged: nothing lost, nothing twice, nothing out of order, and nothing that
/// stands still. The same seed gives the same run.
public final class Simulation {
  private static final Duration LONGEST_JUDGEMENT = Duration.ofHours(1);

  private final long seed;
  private final RandomGenerator seeds;
  private final RandomGenerator plan;
  private final SimulatedClock clock = new SimulatedClock();
  private final SimulatedScheduler scheduler;
  private final RunHistory history;
  private final Faults faults;
  private final SimulatedDatabase database;
  private final TaskStore truth;
  private final SimulatedTypes types;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final SimulatedProcess outside;

  /// The kinds of faults in a run.
  enum FaultKind {
    /// No faults.
    CALM,
    /// The database hangs and answers late: no live node may lose anything.
    HANGING,
    /// Processes are killed and frozen, the database goes away, answers are lost.
    STORMY,
    /// As stormy, and now and then an older copy of the database is promoted.
    FAILOVER
  }

  /// The result of a run.
  ///
  /// @param wrong what must not be; empty in a good run
  /// @param lines the last lines of its log
  /// @param digest of its whole log; equal for equal runs
  public record SimulationResult(
      long seed, List<String> wrong, List<String> lines, long digest, int tasks, long steps) {}

  private Simulation(long seed, Function<RandomGenerator, SimulatedDatabase> database) {
    this.seed = seed;
    this.seeds = new SplittableRandom(seed);
    this.plan = newRandom();
    this.scheduler = new SimulatedScheduler(newRandom(), clock);
    this.history = new RunHistory(clock::passed);
    this.faults = new Faults(newRandom());
    this.database = database.apply(newRandom());
    this.outside = process("outside");
    this.truth = this.database.open(outside, clock);
    this.types = new SimulatedTypes(this.database, truth, scheduler, history);
  }

  /// Makes the run of this seed.
  public static SimulationResult run(
      long seed, Function<RandomGenerator, SimulatedDatabase> database) {
    Simulation simulation = new Simulation(seed, database);
    try (SimulatedDatabase ignored = simulation.database) {
      return simulation.run();
    }
  }

  private SimulationResult run() {
    FaultKind kind = FaultKind.values()[plan.nextInt(FaultKind.values().length)];
    history.line("seed " + seed + ", " + kind);
    int count = 1 + plan.nextInt(4);
    for (int i = 0; i < count; i++) {
      Role role = i == 0 ? Role.ALL : SimulatedNode.roles().get(plan.nextInt(4));
      SimulatedNode node = new SimulatedNode("node" + i, role, this);
      nodes.add(node);
      node.start();
    }
    Duration load = Duration.ofSeconds(10 + plan.nextInt(50));
    Clients clients = new Clients(this, plan, kind, load);
    Blows blows = new Blows(this, plan, kind, load);
    clients.start();
    blows.start();
    var ignored = scheduler.runUntil(load, () -> false);
    blows.end();
    judge(new Judgement(this, kind, clients));
    return new SimulationResult(
        seed,
        List.copyOf(history.wrong()),
        history.lines(),
        history.digest(),
        history.asked().size(),
        scheduler.steps());
  }

  private void judge(Judgement judgement) {
    AtomicBoolean judged = new AtomicBoolean();
    outside.startVirtual(
        "judge",
        () -> {
          judgement.judge();
          judged.set(true);
        });
    if (!scheduler.runUntil(scheduler.passed().plus(LONGEST_JUDGEMENT), judged::get)) {
      history.wrong("nobody could judge the run");
    }
  }

  RandomGenerator newRandom() {
    return new SplittableRandom(seeds.nextLong());
  }

  SimulatedProcess process(String name) {
    return new SimulatedProcess(name, scheduler, history()::wrong);
  }

  SimulatedClock clock() {
    return clock;
  }

  SimulatedScheduler scheduler() {
    return scheduler;
  }

  RunHistory history() {
    return history;
  }

  Faults faults() {
    return faults;
  }

  SimulatedDatabase database() {
    return database;
  }

  SimulatedTypes types() {
    return types;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  /// A process that is never killed.
  SimulatedProcess outside() {
    return outside;
  }

  Optional<SimulatedNode> anyRunning() {
    return anyRunning(nodes);
  }

  Optional<SimulatedNode> anyRunning(Role role) {
    return anyRunning(nodes.stream().filter(node -> node.role() == role).toList());
  }

  private Optional<SimulatedNode> anyRunning(List<SimulatedNode> of) {
    List<SimulatedNode> running = of.stream().filter(node -> node.engine().isPresent()).toList();
    return running.isEmpty()
        ? Optional.empty()
        : Optional.of(running.get(plan.nextInt(running.size())));
  }

  /// The database as it is, without anything in between.
  TaskStore truth() {
    return truth;
  }
}
