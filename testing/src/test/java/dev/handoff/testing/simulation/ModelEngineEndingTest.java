package dev.handoff.testing.simulation;

import dev.handoff.Effect;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.engine.EngineEndingContract;

final class ModelEngineEndingTest extends EngineEndingContract {
  @Override
  protected TaskStore open(TimeSource clock) {
    return ModelTaskStore.open(new ModelDatabase(), clock);
  }

  @Override
  protected Effect effect(Runnable body) {
    ModelEffect effect = _ -> body.run();
    return effect;
  }
}
