package dev.handoff.testing.simulation;

import dev.handoff.testing.StoreHarness;
import dev.handoff.testing.TaskStoreContract;
import java.nio.file.Path;

final class ModelTaskStoreTest extends TaskStoreContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new ModelHarness();
  }
}
