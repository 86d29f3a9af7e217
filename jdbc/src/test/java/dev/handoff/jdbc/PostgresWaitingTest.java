package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Effect;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Role;
import dev.handoff.Settlement;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rows that an application has locked: only who needs them waits, and not for ever.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class PostgresWaitingTest {
  private static final NodeId NODE = new NodeId("worker");
  private static final TaskEvent DONE = new TaskCompleted(new Payload("42"));

  private final TestClock clock = TestClock.atNine();
  private final TestDatabase data = EmptyDatabases.take();
  private final LockFixture locks = new LockFixture(data);
  private final PostgresDatabase database = PostgresDatabase.open(PostgresHarness.settings(data));
  private final PostgresTaskStore store =
      PostgresTaskStore.open(database, clock, CallerTransaction.NONE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void prepare() throws SQLException {
    store.join(new Node(NODE, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
    locks.execute("create table if not exists counter (id integer primary key, n integer)");
    locks.execute("insert into counter select i, 0 from generate_series(1, 20) as i");
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    store.close();
    database.close();
    EmptyDatabases.giveBack(data);
  }

  private Lease started() {
    NewTask task = aTask().at(clock.instant());
    store.submit(List.of(task));
    return store.claim(task.id(), NODE).orElseThrow().lease();
  }

  private List<Lease> started(int n) {
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      leases.add(started());
    }
    return leases;
  }

  private boolean finish(Lease lease, Effect... effects) {
    return store.append(lease, List.of(DONE), List.of(effects));
  }

  // As the engine does it: what the store cannot take now is given again.
  private boolean untilTaken(Callable<Boolean> write) throws Exception {
    while (true) {
      try {
        return write.call();
      } catch (StoreUnavailableException busy) {
        Thread.onSpinWait();
      }
    }
  }

  // Tasks of both halves.
  private void assertOthersGoOn() throws Exception {
    List<Future<Boolean>> reports = new ArrayList<>();
    for (Lease lease : started(8)) {
      reports.add(
          threads.submit(() -> store.append(lease, List.of(new ChunkEmitted("x")), List.of())));
    }
    for (Future<Boolean> report : reports) {
      assertThat(report.get(2, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anEffectThatWaitsHoldsUpNobodyAndLosesNothing() throws Exception {
    List<Lease> waiting = started(3);
    List<Future<Boolean>> finishes = new ArrayList<>();
    try (Connection application = locks.holding("update counter set n = 100 where id = 1")) {
      for (Lease lease : waiting) {
        finishes.add(
            threads.submit(() -> untilTaken(() -> finish(lease, LockFixture.counting(1)))));
      }
      locks.awaitWaiting(1);

      for (int i = 0; i < 3; i++) {
        assertOthersGoOn();
      }
      for (Lease lease : started(4)) {
        assertThat(
                threads
                    .submit(() -> untilTaken(() -> finish(lease, LockFixture.counting(2))))
                    .get(3, TimeUnit.SECONDS))
            .isTrue();
      }
      application.rollback();
    }

    for (Future<Boolean> finish : finishes) {
      assertThat(finish.get()).isTrue();
    }
    assertThat(locks.count("select n from counter where id = 1")).isEqualTo(3);
    assertThat(locks.count("select n from counter where id = 2")).isEqualTo(4);
  }

  @Test
  void anEffectThatWaitsTooLongIsTakenForBusyAndNotForFailed() throws Exception {
    Lease lease = started();
    try (Connection _ = locks.holding("update counter set n = 100 where id = 1")) {
      assertThatThrownBy(() -> finish(lease, LockFixture.counting(1)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("busy");
      SqlEffect wrapping =
          connection -> {
            try {
              LockFixture.counting(1).apply(connection);
            } catch (SQLException e) {
              throw new IllegalStateException("wrapped", e);
            }
          };
      assertThatThrownBy(() -> finish(lease, wrapping))
          .isInstanceOf(StoreUnavailableException.class);
    }

    assertThat(finish(lease, LockFixture.counting(1))).isTrue();
  }

  @Test
  void aSettlementThatWaitsHoldsUpNobody() throws Exception {
    assertThat(store.budgets().add("asha", 100, "paid")).isTrue();
    Lease lease = started();
    Future<Boolean> finish;
    try (Connection application =
        locks.holding("select * from handoff_budget where account = 'asha' for update")) {
      finish =
          threads.submit(() -> untilTaken(() -> finish(lease, new Settlement("asha", 5, "used"))));
      locks.awaitWaiting(1);
      assertOthersGoOn();
      application.rollback();
    }

    assertThat(finish.get()).isTrue();
    assertThat(store.budgets().balance("asha").orElseThrow().units()).isEqualTo(95);
  }

  @Test
  void aTaskThatAnApplicationHasLockedHoldsUpNoOther() throws Exception {
    List<Lease> locked = started(4);
    List<Future<Boolean>> writes = new ArrayList<>();
    try (Connection application =
        locks.holding(
            "select * from handoff_task where id in (%s) for share"
                .formatted(
                    String.join(
                        ",", locked.stream().map(each -> "'" + each.task() + "'").toList())))) {
      writes.add(
          threads.submit(() -> untilTaken(() -> store.cancel(locked.get(0).task(), "not wanted"))));
      for (Lease lease : locked.subList(1, 3)) {
        writes.add(
            threads.submit(() ->
                untilTaken(() -> store.append(lease, List.of(new ChunkEmitted("x")), List.of()))));
      }
      writes.add(
          threads.submit(() -> untilTaken(() -> finish(locked.get(3), LockFixture.counting(3)))));
      locks.awaitWaiting(1);

      for (int i = 0; i < 3; i++) {
        assertOthersGoOn();
        assertThat(finish(started(), LockFixture.counting(4))).isTrue();
      }
      application.rollback();
    }

    for (Future<Boolean> write : writes) {
      assertThat(write.get()).isTrue();
    }
    assertThat(store.events(locked.get(1).task(), 0, 10)).hasSize(3);
    assertThat(locks.count("select n from counter where id = 3")).isEqualTo(1);
  }

  @Test
  void aCancelOfALockedTaskIsAnsweredWithinSeconds() throws Exception {
    Lease lease = started();
    try (Connection _ =
        locks.holding("select * from handoff_task where id = '" + lease.task() + "' for update")) {
      assertThatThrownBy(() -> store.cancel(lease.task(), "not wanted"))
          .isInstanceOf(StoreUnavailableException.class);
    }
    assertThat(store.cancel(lease.task(), "not wanted")).isTrue();
  }

  @Test
  void aRetryByHandOfALockedTaskIsAnsweredWithinSeconds() throws Exception {
    Lease lease = started();
    TaskEvent failed = new TaskFailed(new Failure(FailureKind.REFUSED, "no"));
    assertThat(store.append(lease, List.of(failed), List.of())).isTrue();
    try (Connection _ =
        locks.holding("select * from handoff_task where id = '" + lease.task() + "' for update")) {
      assertThatThrownBy(() -> store.retry(lease.task()))
          .isInstanceOf(StoreUnavailableException.class);
    }
    assertThat(store.retry(lease.task())).isTrue();
  }

  @Test
  void aReservationOnALockedAccountIsAnsweredWithinSecondsAndLeavesConnections() throws Exception {
    assertThat(store.budgets().add("asha", 100, "paid")).isTrue();
    List<Lease> leases = started(12);
    try (Connection _ =
        locks.holding("select * from handoff_budget where account = 'asha' for update")) {
      List<Future<Boolean>> reservations = new ArrayList<>();
      for (Lease lease : leases) {
        reservations.add(threads.submit(() -> store.budgets().reserve(lease, "asha", 5)));
      }
      locks.awaitWaiting(2);
      assertOthersGoOn();
      for (Future<Boolean> reservation : reservations) {
        assertThatThrownBy(reservation::get).hasCauseInstanceOf(StoreUnavailableException.class);
      }
    }
    assertThat(store.budgets().reserve(leases.getFirst(), "asha", 5)).isTrue();
  }

  @Test
  void aNodeLeavesWithoutThoseThatAreLocked() throws Exception {
    Lease locked = started();
    Lease free = started();
    try (Connection _ =
        locks.holding("select * from handoff_task where id = '" + locked.task() + "' for share")) {
      threads.submit(() -> store.leave(NODE)).get(5, TimeUnit.SECONDS);
    }

    NodeId other = new NodeId("other");
    store.join(new Node(other, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
    assertThat(store.claim(free.task(), other)).isPresent();
    assertThat(store.rescue(other, 10).requeued()).isEqualTo(1);
  }
}
