package dev.handoff.jdbc;

import dev.handoff.Effect;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.engine.EngineEndingContract;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresEngineEndingTest extends EngineEndingContract {
  @RegisterExtension private final PostgresStores stores = new PostgresStores();

  @Override
  protected TaskStore open(TimeSource clock) {
    return stores.open(clock);
  }

  @Override
  protected Effect effect(Runnable body) {
    SqlEffect effect = _ -> body.run();
    return effect;
  }
}
