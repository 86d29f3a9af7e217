package dev.handoff.testing.simulation;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.engine.HandlerContract;

final class ModelHandlerTest extends HandlerContract {
  @Override
  protected TaskStore open(TimeSource clock) {
    return ModelTaskStore.open(new ModelDatabase(), clock);
  }
}
