package dev.handoff.jdbc;

import dev.handoff.testing.engine.FollowContract;
import dev.handoff.testing.store.StoreHarness;
import java.nio.file.Path;

final class SqliteFollowTest extends FollowContract {
  @Override
  protected StoreHarness newHarness(Path folder) {
    return new SqliteHarness(SqliteSettings.temporary(folder.resolve("follow.db")));
  }
}
