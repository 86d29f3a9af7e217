package dev.handoff.testing.simulation;

import dev.handoff.testing.StoreHarness;
import dev.handoff.testing.TaskStoreModelContract;
import java.nio.file.Path;

final class ModelTaskStoreLivesTest extends TaskStoreModelContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new ModelHarness();
  }
}
