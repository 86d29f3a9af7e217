package dev.handoff.jdbc;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.engine.EngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteEngineTest extends EngineContract {
  @TempDir private Path folder;

  @Override
  protected TaskStore open(TimeSource clock) {
    return SqliteTaskStore.open(SqliteSettings.temporary(folder.resolve("engine.db")), clock);
  }
}
