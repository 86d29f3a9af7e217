package dev.handoff.testing.simulation;

import dev.handoff.EndListener;
import dev.handoff.EngineEvent;
import dev.handoff.EngineEvent.LeaseLapsed;
import dev.handoff.EngineEvent.ServiceFailed;
import dev.handoff.EngineEvent.TasksRescued;
import dev.handoff.Extensions;
import dev.handoff.HandoffConfig;
import dev.handoff.HandoffException;
import dev.handoff.PayloadCodec;
import dev.handoff.Role;
import dev.handoff.engine.Engine;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One node of a simulation: a process with an engine, started again after it was killed. Used on
/// the simulation's thread only.
final class SimulatedNode {
  static final int CONCURRENCY = 6;

  private final String name;
  private final Role role;
  private final Simulation simulation;
  private int starts;
  private SimulatedProcess process;
  private @Nullable Engine engine;
  private @Nullable TaskStore store;
  private int calls;
  private int lapses;
  private int rescues;

  SimulatedNode(String name, Role role, Simulation simulation) {
    this.name = name;
    this.role = role;
    this.simulation = simulation;
    this.process = simulation.process(name + ".0");
  }

  String name() {
    return name;
  }

  Role role() {
    return role;
  }

  SimulatedProcess process() {
    return process;
  }

  /// Starts the process; where the database is away it tries again until it is there.
  void start() {
    process = simulation.process(name + "." + starts++);
    simulation.history().line(process.name() + " starts as " + role);
    SimulatedProcess started = process;
    started.startVirtual("main", () -> startEngine(started));
  }

  private void startEngine(SimulatedProcess started) {
    while (true) {
      try {
        TaskStore opened =
            FaultyStore.over(
                simulation.database().open(started, simulation.clock()),
                started,
                simulation.faults(),
                () -> calls++);
        HandoffConfig config =
            HandoffConfig.defaults()
                .withRole(role)
                .withConcurrency(CONCURRENCY)
                .withBounds(SimulatedTypes.BOUNDS);
        Extensions extensions = new Extensions(PayloadCodec.strings(), this::on, EndListener.NONE);
        RandomGenerator random = simulation.newRandom();
        Engine made =
            new Engine(opened, simulation.types()::handled, config, extensions, random, started);
        made.start(Engine.Pace.BY_ITSELF);
        store = opened;
        engine = made;
        simulation.history().line(started.name() + " runs as " + made.node().value());
        return;
      } catch (HandoffException away) {
        started.sleepUninterruptibly(Duration.ofSeconds(1));
      }
    }
  }

  private void on(EngineEvent event) {
    switch (event) {
      case LeaseLapsed(var node, int attempts) -> {
        lapses++;
        simulation.history().line(name + " " + node.value() + " lapsed with " + attempts);
      }
      case TasksRescued(int requeued, int failed) -> {
        rescues++;
        simulation.history().line(name + " rescued " + requeued + " and failed " + failed);
      }
      case ServiceFailed(String service, Throwable cause) ->
          simulation.history().line(name + " " + service + " failed: " + cause);
      default -> {}
    }
  }

  void kill() {
    simulation.history().line(process.name() + " is killed");
    process.kill();
    if (engine != null) {
      simulation.database().killed(process, engine.node());
    }
    engine = null;
    store = null;
  }

  /// The engine, if it runs.
  Optional<Engine> engine() {
    return process.isRunning() ? Optional.ofNullable(engine) : Optional.empty();
  }

  Optional<TaskStore> store() {
    return process.isRunning() ? Optional.ofNullable(store) : Optional.empty();
  }

  boolean runsTasks() {
    return role.runsTasks();
  }

  int calls() {
    return calls;
  }

  int lapses() {
    return lapses;
  }

  int rescues() {
    return rescues;
  }

  static List<Role> roles() {
    return List.of(Role.ALL, Role.API, Role.WORKER, Role.ALL);
  }
}
