package dev.handoff.testing.simulation;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.engine.QueuePlaceContract;

final class ModelQueuePlaceTest extends QueuePlaceContract {
  @Override
  protected TaskStore open(TimeSource clock) {
    return ModelTaskStore.open(new ModelDatabase(), clock);
  }
}
