package dev.handoff.jdbc;

import dev.handoff.jdbc.SqliteSettings.Keeping;
import dev.handoff.testing.store.StoreHarness;
import dev.handoff.testing.store.TaskStoreContract;
import java.nio.file.Path;

final class SqliteTaskStoreTest extends TaskStoreContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new SqliteHarness(
        SqliteSettings.at(folder.resolve("handoff.db")).withKeeping(Keeping.UNSYNCED));
  }
}
