package dev.handoff.jdbc;

import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestDatabase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Empty stores for a test; what is under them goes after the test has closed them.
final class PostgresStores implements AfterEachCallback {
  private final Deque<Runnable> endings = new ArrayDeque<>();

  TaskStore open(TimeSource clock) {
    TestDatabase data = EmptyDatabases.take();
    endings.push(() -> EmptyDatabases.giveBack(data));
    return open(data, clock);
  }

  /// Stores that share the data, as those of several processes do.
  List<TaskStore> open(int count, TimeSource clock) {
    TestDatabase data = EmptyDatabases.take();
    endings.push(() -> EmptyDatabases.giveBack(data));
    return Stream.generate(() -> open(data, clock)).limit(count).toList();
  }

  private TaskStore open(TestDatabase data, TimeSource clock) {
    PostgresDatabase database = PostgresDatabase.open(PostgresHarness.settings(data));
    endings.push(database::close);
    PostgresTaskStore store = PostgresTaskStore.open(database, clock, CallerTransaction.NONE);
    endings.push(store::close);
    return store;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    while (!endings.isEmpty()) {
      endings.pop().run();
    }
  }
}
