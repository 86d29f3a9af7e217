package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.store.NewTask;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.store.RecordedEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Listeners hear of a write before its caller goes on, and so before what the caller does next.
final class PostgresTellingTest {
  // Whoever tells after it answered loses a race only now and then.
  private static final int TIMES = 200;

  private final TestClock clock = TestClock.atNine();

  @Test
  void aCallerFindsToldWhatItWrote() {
    TestDatabase data = EmptyDatabases.take();
    try (PostgresDatabase database = PostgresDatabase.open(PostgresHarness.settings(data));
        TaskStore store = PostgresTaskStore.open(database, clock, CallerTransaction.NONE)) {
      RecordedEvents recorded = new RecordedEvents();
      store.listen(recorded);
      for (int i = 0; i < TIMES; i++) {
        NewTask task = aTask().at(clock.instant());

        var _ = store.submit(List.of(task));
        assertThat(recorded.of(task.id())).hasSize(1);
        assertThat(store.cancel(task.id(), "not needed")).isTrue();
        assertThat(recorded.of(task.id())).hasSize(2);
      }
    } finally {
      EmptyDatabases.giveBack(data);
    }
  }
}
