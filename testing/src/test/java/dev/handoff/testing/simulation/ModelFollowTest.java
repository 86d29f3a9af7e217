package dev.handoff.testing.simulation;

import dev.handoff.testing.FollowContract;
import dev.handoff.testing.StoreHarness;
import java.nio.file.Path;

final class ModelFollowTest extends FollowContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new ModelHarness();
  }
}
