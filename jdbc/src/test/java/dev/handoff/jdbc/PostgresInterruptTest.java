package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Payload;
import dev.handoff.store.NewTask;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A handler's thread is interrupted while it asks the store: its own call comes to its end, and
/// nobody else notices.
final class PostgresInterruptTest {
  private static final String WAITING =
      "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

  private final TestClock clock = TestClock.atNine();
  private final TestDatabase data = EmptyDatabases.take();
  private final PostgresDatabase database =
      PostgresDatabase.open(
          PostgresSettings.at(data.url(), data.username(), data.password())
              .withConnections(6)
              .withNotifications(false));
  private final PostgresTaskStore store =
      PostgresTaskStore.open(database, clock, CallerTransaction.NONE);
  private final NewTask task = aTask().at(clock.instant());

  private record HandlerRun(Optional<Payload> step, boolean interrupted) {}

  @AfterEach
  void close() {
    store.close();
    database.close();
    EmptyDatabases.giveBack(data);
  }

  @Test
  void whileItWaitsForTheServer() throws Exception {
    var _ = store.submit(List.of(task));
    CompletableFuture<HandlerRun> seen = new CompletableFuture<>();
    Thread handler;
    try (Connection other = data.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table handoff_step in access exclusive mode");
      handler = ask(seen);
      await().until(() -> waiting() == 1);

      handler.interrupt();

      // It asks once more, and the server waits for the lock in both sessions.
      await().until(() -> waiting() == 2);
      assertThat(store.find(task.id())).as("another's call").isPresent();
      other.rollback();
    }
    assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(new HandlerRun(Optional.empty(), true));
    assertThat(store.find(task.id())).isPresent();
  }

  @Test
  void beforeItAsks() throws Exception {
    var _ = store.submit(List.of(task));
    CompletableFuture<HandlerRun> seen = new CompletableFuture<>();
    CompletableFuture<Thread> handler = new CompletableFuture<>();
    handler.complete(
        Thread.ofVirtual()
            .start(() -> {
              handler.join().interrupt();
              ask(seen, task);
            }));

    assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(new HandlerRun(Optional.empty(), true));
    assertThat(store.find(task.id())).isPresent();
  }

  private Thread ask(CompletableFuture<HandlerRun> seen) {
    return Thread.ofVirtual().start(() -> ask(seen, task));
  }

  private void ask(CompletableFuture<HandlerRun> seen, NewTask about) {
    try {
      Optional<Payload> step = store.step(about.id(), "ask");
      seen.complete(new HandlerRun(step, Thread.currentThread().isInterrupted()));
    } catch (RuntimeException failed) {
      seen.completeExceptionally(failed);
    }
  }

  private int waiting() throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(WAITING)) {
      found.next();
      return found.getInt(1);
    }
  }
}
