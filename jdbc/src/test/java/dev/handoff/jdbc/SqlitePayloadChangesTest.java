package dev.handoff.jdbc;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

final class SqlitePayloadChangesTest extends PayloadChanges {
  private final AtomicInteger opened = new AtomicInteger();
  @TempDir private Path folder;

  @Override
  TaskStore open(TimeSource clock) {
    Path file = folder.resolve("tasks-" + opened.incrementAndGet() + ".db");
    return SqliteTaskStore.open(SqliteSettings.temporary(file), clock);
  }
}
