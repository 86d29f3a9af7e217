package dev.handoff.testing.simulation;

import dev.handoff.testing.engine.FollowContract;
import dev.handoff.testing.store.StoreHarness;
import java.nio.file.Path;

final class ModelFollowTest extends FollowContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new ModelHarness();
  }
}
