package dev.handoff.jdbc;

import dev.handoff.testing.store.StoreHarness;
import dev.handoff.testing.store.TaskStoreContract;
import java.nio.file.Path;

final class PostgresTaskStoreTest extends TaskStoreContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new PostgresHarness();
  }
}
