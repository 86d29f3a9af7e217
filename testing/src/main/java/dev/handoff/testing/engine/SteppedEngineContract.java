package dev.handoff.testing.engine;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Engines over a fresh store for each test, on a clock that only the test moves.
abstract class SteppedEngineContract {
  final TestClock clock = TestClock.atNine();
  TaskStore store;
  EngineFixture engine;

  /// A fresh, empty store that tells this time.
  protected abstract TaskStore open(TimeSource clock) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = open(clock);
    engine = new EngineFixture(store);
  }

  @AfterEach
  final void closeStore() {
    engine.close();
    store.close();
  }
}
