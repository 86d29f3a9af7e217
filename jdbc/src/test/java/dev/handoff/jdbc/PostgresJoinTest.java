package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.StoreUnavailableException;
import dev.handoff.store.Claimant;
import dev.handoff.store.NewTask;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Equal tasks that are submitted at the same moment, one of them in a transaction that is still
/// open.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class PostgresJoinTest {
  private final TestClock clock = TestClock.atNine();
  private final TestDatabase data = EmptyDatabases.take();
  private final LockFixture locks = new LockFixture(data);
  private final LosingProxy proxy = LosingProxy.before(data);
  private final PostgresDatabase database = PostgresDatabase.open(settings(data.url()));
  private final PostgresDatabase behindProxy = PostgresDatabase.open(settings(proxy.url()));
  private final StackedTransactions transactions = new StackedTransactions();
  private final PostgresTaskStore store = PostgresTaskStore.open(database, clock, transactions);
  private final PostgresTaskStore other =
      PostgresTaskStore.open(behindProxy, clock, CallerTransaction.NONE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private PostgresSettings settings(String url) {
    return PostgresSettings.at(url, data.username(), data.password())
        .withConnections(6)
        .withNotifications(false);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    other.close();
    store.close();
    behindProxy.close();
    database.close();
    proxy.close();
    EmptyDatabases.giveBack(data);
  }

  /// Transactions of one thread; one begun within another suspends it.
  private static final class StackedTransactions implements CallerTransaction {
    private final Deque<Connection> open = new ArrayDeque<>();

    @Override
    public Optional<Connection> current() {
      return Optional.ofNullable(open.peek());
    }

    @Override
    public void afterCommit(Runnable action) {}
  }

  private interface BlockingCall {
    void run() throws Exception;
  }

  private void inTransaction(BlockingCall work) throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      transactions.open.push(connection);
      try {
        work.run();
      } finally {
        transactions.open.pop();
      }
      connection.commit();
    }
  }

  private NewTask task(String key) {
    return aTask().joinedBy(key).at(clock.instant());
  }

  @Test
  void twoThatRaceAThirdAllGetAnIdThatIsStored() throws Exception {
    NewTask third = task("same");
    NewTask first = task("same");
    NewTask second = task("same");
    Future<?>[] racing = new Future<?>[1];

    inTransaction(() -> {
      store.submit(List.of(third));
      racing[0] = threads.submit(() -> other.submit(List.of(first, second)));
      locks.awaitWaiting(1);
    });

    assertThat(racing[0].get())
        .isEqualTo(
            List.of(
                new SubmitResult(third.id(), SubmitOrigin.JOINED),
                new SubmitResult(third.id(), SubmitOrigin.JOINED)));
  }

  @Test
  void threadsThatRaceAThirdAllGetAnIdThatIsStored() throws Exception {
    NewTask third = task("same");
    List<Future<List<SubmitResult>>> racing = new ArrayList<>();

    inTransaction(() -> {
      store.submit(List.of(third));
      for (int i = 0; i < 20; i++) {
        racing.add(threads.submit(() -> other.submit(List.of(task("same")))));
      }
      locks.awaitWaiting(1);
    });

    for (Future<List<SubmitResult>> each : racing) {
      assertThat(each.get()).containsExactly(new SubmitResult(third.id(), SubmitOrigin.JOINED));
    }
  }

  @Test
  void twoThatWaitInVainForAThirdBecomeOne() throws Exception {
    NewTask first = task("same");
    NewTask second = task("same");
    Future<?>[] racing = new Future<?>[1];

    assertThatThrownBy(() ->
            inTransaction(() -> {
              store.submit(List.of(task("same")));
              racing[0] = threads.submit(() -> other.submit(List.of(first, second)));
              locks.awaitWaiting(1);
              throw new IllegalStateException("changed my mind");
            }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(racing[0].get())
        .isEqualTo(
            List.of(
                new SubmitResult(first.id(), SubmitOrigin.NEW),
                new SubmitResult(first.id(), SubmitOrigin.JOINED)));
  }

  @Test
  void aBatchWhoseSecondStatementFailsLeavesNothing() throws Exception {
    Future<?>[] racing = new Future<?>[1];

    inTransaction(() -> {
      store.submit(List.of(task("two")));
      racing[0] = threads.submit(() -> other.submit(List.of(task("one"), task("two"))));
      locks.awaitWaiting(1);
      proxy.loseAll("SELECT 1");
    });

    assertThatThrownBy(racing[0]::get).hasCauseInstanceOf(StoreUnavailableException.class);
    assertThat(locks.count("select count(*) from handoff_task")).isEqualTo(1);
  }

  @Test
  void anOpenTransactionHoldsUpOnlyItsEqual() throws Exception {
    Future<?>[] racing = new Future<?>[1];

    inTransaction(() -> {
      store.submit(List.of(task("same")));
      racing[0] = threads.submit(() -> other.submit(List.of(task("same"))));
      locks.awaitWaiting(1);

      threads
          .submit(() -> other.submit(List.of(aTask().at(clock.instant()))))
          .get(1, TimeUnit.SECONDS);
      threads.submit(() -> other.submit(List.of(task("different")))).get(1, TimeUnit.SECONDS);
    });

    assertThat(racing[0].get()).isNotNull();
  }

  @Test
  void noNodeHoldsItsClaimsUpForOneThatMayWait() {
    Claimant claimant =
        () -> {
          throw new AssertionError("a claimant counts its room under a lock");
        };

    assertThat(other.submit(List.of(task("same")), claimant))
        .singleElement()
        .satisfies(submitted -> assertThat(submitted.origin()).isEqualTo(SubmitOrigin.NEW));
  }

  @Test
  void aTransactionThatWouldWaitForItselfIsToldSo() throws Exception {
    inTransaction(() -> {
      store.submit(List.of(task("same")));
      long asked = System.nanoTime();

      assertThatThrownBy(() -> other.submit(List.of(task("same"))))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("equal task");
      assertThatThrownBy(() -> inTransaction(() -> store.submit(List.of(task("same")))))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("equal task");
      assertThatThrownBy(() -> other.submit(List.of(task("one"), task("same"))))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("equal task");

      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(12));
    });

    assertThat(locks.count("select count(*) from handoff_task")).isEqualTo(1);
  }

  @Test
  void aSubmitLeavesTheLockTimeoutOfItsTransaction() throws Exception {
    inTransaction(() -> {
      Connection connection = transactions.current().orElseThrow();
      try (var statement = connection.createStatement()) {
        statement.execute("set local lock_timeout = '7s'");
        store.submit(List.of(task("same")));
        try (var rows = statement.executeQuery("show lock_timeout")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).isEqualTo("7s");
        }
      }
    });
  }
}
