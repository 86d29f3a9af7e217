package dev.handoff.jdbc;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.engine.QueuePlaceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteQueuePlaceTest extends QueuePlaceContract {
  @TempDir private Path folder;

  @Override
  protected TaskStore open(TimeSource clock) {
    return SqliteTaskStore.open(SqliteSettings.temporary(folder.resolve("engine.db")), clock);
  }
}
