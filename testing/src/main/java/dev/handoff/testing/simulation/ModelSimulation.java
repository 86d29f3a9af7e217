package dev.handoff.testing.simulation;

import dev.handoff.Effect;
import dev.handoff.NodeId;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The model store under a simulation. Hints between its nodes are late, and some are lost: then
/// the receiver learns later that it missed something.
public final class ModelSimulation implements SimulatedDatabase {
  private static final double HINT_LOSS_RATE = 0.05;
  private static final Duration DEATH_NOTICED_AFTER = Duration.ofMillis(600);

  private final RandomGenerator random;
  private final ModelDatabase database = new ModelDatabase();
  private final Map<ModelTaskStore, SimulatedProcess> processes = new LinkedHashMap<>();

  public ModelSimulation(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public TaskStore open(SimulatedProcess process, TimeSource clock) {
    ModelTaskStore store = ModelTaskStore.open(database, clock, this::send);
    processes.put(store, process);
    return store;
  }

  private void send(ModelTaskStore receiver, StoreHint hint) {
    SimulatedProcess process = processes.get(receiver);
    if (process == null || process.isKilled()) {
      return;
    }
    boolean lost = random.nextDouble() < HINT_LOSS_RATE;
    Duration way = Duration.ofNanos(random.nextLong(lost ? 3_000_000_000L : 2_000_000));
    process.startVirtual(
        "hint",
        () -> {
          process.sleepUninterruptibly(way);
          receiver.hear(lost ? new StoreHint.LostHint() : hint);
        });
  }

  @Override
  public void killed(SimulatedProcess process, NodeId node) {
    // The server notices that the session ended, and the others notice that.
    process.scheduler().in(DEATH_NOTICED_AFTER, () -> database.loseSession(node));
  }

  @Override
  public Effect note(String text) {
    ModelEffect effect = notes -> notes.add(text);
    return effect;
  }

  @Override
  public Effect failing(Throwable thrown) {
    ModelEffect effect =
        ignored -> {
          switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
          }
        };
    return effect;
  }

  @Override
  public List<String> notes() {
    return database.notes();
  }

  @Override
  public Copy copy() {
    ModelDatabase older = database.copy();
    return () -> {
      database.restore(older);
      processes.keySet().forEach(store -> send(store, new StoreHint.LostHint()));
    };
  }
}
