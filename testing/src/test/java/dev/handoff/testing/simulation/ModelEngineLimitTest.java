package dev.handoff.testing.simulation;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.engine.EngineLimitContract;

final class ModelEngineLimitTest extends EngineLimitContract {
  @Override
  protected TaskStore open(TimeSource clock) {
    return ModelTaskStore.open(new ModelDatabase(), clock);
  }
}
