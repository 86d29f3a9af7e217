package dev.handoff.testing.simulation;

import dev.handoff.testing.store.StoreHarness;
import dev.handoff.testing.store.TaskStoreModelContract;
import java.nio.file.Path;

final class ModelTaskStoreLivesTest extends TaskStoreModelContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new ModelHarness();
  }
}
