package dev.handoff.jdbc;

import dev.handoff.testing.store.StoreHarness;
import dev.handoff.testing.store.TaskStoreModelContract;
import java.nio.file.Path;

final class PostgresTaskStoreModelTest extends TaskStoreModelContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new PostgresHarness();
  }

  @Override
  protected int lives() {
    return 4;
  }
}
