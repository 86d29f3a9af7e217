package dev.handoff.jdbc;

import dev.handoff.Effect;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.engine.EngineEndingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteEngineEndingTest extends EngineEndingContract {
  @TempDir private Path folder;

  @Override
  protected TaskStore open(TimeSource clock) {
    return SqliteTaskStore.open(SqliteSettings.temporary(folder.resolve("engine.db")), clock);
  }

  @Override
  protected Effect effect(Runnable body) {
    SqlEffect effect = _ -> body.run();
    return effect;
  }
}
