package dev.handoff.jdbc;

import dev.handoff.jdbc.SqliteSettings.Keeping;
import dev.handoff.testing.store.StoreHarness;
import dev.handoff.testing.store.TaskStoreModelContract;
import java.nio.file.Path;

final class SqliteTaskStoreModelTest extends TaskStoreModelContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new SqliteHarness(
        SqliteSettings.at(folder.resolve("handoff.db")).withKeeping(Keeping.UNSYNCED));
  }
}
