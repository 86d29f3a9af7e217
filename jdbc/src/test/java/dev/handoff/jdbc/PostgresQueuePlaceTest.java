package dev.handoff.jdbc;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.engine.QueuePlaceContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresQueuePlaceTest extends QueuePlaceContract {
  @RegisterExtension private final PostgresStores stores = new PostgresStores();

  @Override
  protected TaskStore open(TimeSource clock) {
    return stores.open(clock);
  }
}
