package dev.handoff.testing.simulation;

import dev.handoff.testing.store.StoreHarness;
import dev.handoff.testing.store.TaskStoreContract;
import java.nio.file.Path;

final class ModelTaskStoreTest extends TaskStoreContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new ModelHarness();
  }
}
