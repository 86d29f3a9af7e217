package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.Effect;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Role;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.jdbc.sql.Uninterrupted;
import dev.handoff.store.Claim;
import dev.handoff.store.EffectFailedException;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.StateCount;
import dev.handoff.testing.TestClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitTest {
  private static final NodeId NODE = new NodeId("node-1");

  @TempDir private Path folder;
  private final TestClock clock = TestClock.atNine();
  private SqliteTaskStore store;

  @BeforeEach
  void open() {
    store =
        SqliteTaskStore.open(SqliteSettings.at(folder.resolve("handoff.db")).withQueue(100), clock);
    store.join(new Node(NODE, Role.ALL), clock.instant().plusSeconds(60));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private NewTask task() {
    return aTask().at(clock.instant());
  }

  // Holds the writer inside an effect until the latch opens, so that others wait behind it.
  private Future<Boolean> blockWriter(ExecutorService threads, CountDownLatch until)
      throws InterruptedException {
    store.submit(List.of(task()));
    NewTask task = task();
    store.submit(List.of(task));
    Claim claim = store.claim(task.id(), NODE).orElseThrow();
    CountDownLatch inside = new CountDownLatch(1);
    SqlEffect wait =
        _ -> {
          inside.countDown();
          Uninterrupted.run(until::await);
        };
    Future<Boolean> finish = threads.submit(() -> finish(claim, wait));
    inside.await();
    return finish;
  }

  private boolean finish(Claim claim, Effect effect) {
    return store.append(
        claim.lease(), List.of(new TaskCompleted(new Payload("done"))), List.of(effect));
  }

  @Test
  void sharesOneCommitAmongThoseWhoWait() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> blocking = blockWriter(threads, together);
      long before = store.commits();
      List<Future<?>> submits = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        submits.add(threads.submit(() -> store.submit(List.of(task()))));
      }
      await().until(() -> store.waiting() == 80);

      together.countDown();
      for (Future<?> submit : submits) {
        submit.get();
      }

      assertThat(blocking.get()).isTrue();
      assertThat(store.commits() - before).isEqualTo(2);
    }
  }

  @Test
  void doesNotRunItsNeighboursAgainWhenAnEffectFails() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    SqlEffect counting = _ -> runs.incrementAndGet();
    SqlEffect failing =
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("insert into nowhere values (1)");
          }
        };
    List<Callable<Boolean>> finishes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      NewTask task = task();
      store.submit(List.of(task));
      Claim claim = store.claim(task.id(), NODE).orElseThrow();
      SqlEffect effect = i == 4 ? failing : counting;
      finishes.add(() -> finish(claim, effect));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> blocking = blockWriter(threads, together);
      long before = store.commits();
      List<Future<Boolean>> results = new ArrayList<>();
      for (Callable<Boolean> finish : finishes) {
        results.add(threads.submit(finish));
        await().until(() -> store.waiting() == results.size());
      }

      together.countDown();

      assertThat(blocking.get()).isTrue();
      for (Future<Boolean> result : results.subList(0, 4)) {
        assertThat(result.get()).isTrue();
      }
      assertThatThrownBy(results.get(4)::get)
          .hasCauseInstanceOf(EffectFailedException.class)
          .hasMessageContaining("nowhere");
      assertThat(runs).hasValue(4);
      assertThat(store.commits() - before).isEqualTo(2);
      assertThat(store.counts())
          .contains(
              new StateCount("chat", "completed", 5), new StateCount("chat", "processing", 1));
    }
  }

  @Test
  void takesAFullDiskUnderAnEffectForNoFaultOfIts() throws Exception {
    NewTask task = task();
    store.submit(List.of(task));
    Claim claim = store.claim(task.id(), NODE).orElseThrow();
    SqlEffect filling =
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("pragma max_page_count = 1");
            statement.execute("create table large as select zeroblob(10000000) as b");
          }
        };
    SqlEffect making =
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("pragma max_page_count = 1000000");
          }
        };

    assertThatThrownBy(() -> finish(claim, filling))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("full");

    assertThat(finish(claim, making)).isTrue();
  }

  @Test
  void commitsOftenOnlyWhereOneOfAGroupFails() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    NewTask twice = task();
    store.submit(List.of(twice));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> blocking = blockWriter(threads, together);
      long before = store.commits();
      List<Future<?>> submits = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        NewTask task = i == 40 ? twice : task();
        submits.add(threads.submit(() -> store.submit(List.of(task))));
      }
      await().until(() -> store.waiting() == 64);

      together.countDown();

      assertThat(blocking.get()).isTrue();
      for (Future<?> submit : submits) {
        await().until(submit::isDone);
      }
      assertThat(submits)
          .filteredOn(submit -> submit.state() == Future.State.FAILED)
          .containsExactly(submits.get(40));
      assertThat(store.commits() - before).isLessThan(10);
    }
  }

  @Test
  void refusesWhatTheQueueCannotHold() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> blocking = blockWriter(threads, together);
      List<Future<?>> submits = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        submits.add(threads.submit(() -> store.submit(List.of(task()))));
      }
      await().until(() -> store.waiting() == 100);

      NewTask refused = task();
      assertThatThrownBy(() -> store.submit(List.of(refused)))
          .isInstanceOfSatisfying(
              StoreUnavailableException.class, full -> assertThat(full.retryAfter()).isPositive())
          .hasMessageContaining("100 writes waiting");

      together.countDown();
      for (Future<?> submit : submits) {
        submit.get();
      }
      assertThat(blocking.get()).isTrue();
      assertThat(store.find(refused.id())).isEmpty();
    }
  }

  @Test
  void doesNotCommitTooMuchAtOnce() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    String large = "x".repeat(4 << 20);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> blocking = blockWriter(threads, together);
      long before = store.commits();
      List<Future<?>> submits = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        NewTask task = aTask().asking(large).at(clock.instant());
        submits.add(threads.submit(() -> store.submit(List.of(task))));
      }
      await().until(() -> store.waiting() == 16);

      together.countDown();

      assertThat(blocking.get()).isTrue();
      for (Future<?> submit : submits) {
        submit.get();
      }
      assertThat(store.commits() - before).isBetween(4L, 6L);
    }
  }

  @Test
  void keepsAnInterruptForItsCaller() throws Exception {
    NewTask task = task();
    AtomicBoolean interrupted = new AtomicBoolean();

    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              Thread.currentThread().interrupt();
              store.submit(List.of(task));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    caller.join();

    assertThat(interrupted).isTrue();
    assertThat(store.find(task.id())).isPresent();
  }

  @Test
  void finishesWhatWaitsBeforeItCloses() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> blocking = blockWriter(threads, together);
      Future<?> submit = threads.submit(() -> store.submit(List.of(task())));
      await().until(() -> store.waiting() == 1);

      Future<?> closing = threads.submit(store::close);
      await().until(() -> store.waiting() == 2);
      assertThatThrownBy(() -> store.submit(List.of(task())))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("closed");
      together.countDown();

      submit.get();
      closing.get();
      assertThat(blocking.get()).isTrue();
    }
    assertThatThrownBy(() -> store.find(task().id())).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.cancel(task().id(), "late"))
        .isInstanceOf(StoreUnavailableException.class);
  }
}
