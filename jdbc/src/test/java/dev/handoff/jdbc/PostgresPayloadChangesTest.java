package dev.handoff.jdbc;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresPayloadChangesTest extends PayloadChanges {
  @RegisterExtension private final PostgresStores stores = new PostgresStores();

  @Override
  TaskStore open(TimeSource clock) {
    return stores.open(clock);
  }
}
