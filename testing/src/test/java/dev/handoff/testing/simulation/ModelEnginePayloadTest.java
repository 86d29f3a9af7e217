package dev.handoff.testing.simulation;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.engine.EnginePayloadContract;

final class ModelEnginePayloadTest extends EnginePayloadContract {
  @Override
  protected TaskStore open(TimeSource clock) {
    return ModelTaskStore.open(new ModelDatabase(), clock);
  }
}
