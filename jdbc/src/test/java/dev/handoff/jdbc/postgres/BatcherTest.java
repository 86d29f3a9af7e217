package dev.handoff.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.sql.PostgresErrors;
import dev.handoff.jdbc.sql.Uninterrupted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class BatcherTest {
  private static final long MIB = 1L << 20;

  private final List<List<Long>> groups = new CopyOnWriteArrayList<>();
  private final CountDownLatch together = new CountDownLatch(1);

  // The first call is alone, and holds the others up until all of them wait.
  private void run(List<Long> sizes) throws Exception {
    Batcher.BatcherSize<Long> size = new Batcher.BatcherSize<>(1, 1_000, 500, each -> each);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Batcher<Long, Boolean> lane =
            new Batcher<>(
                "test",
                size,
                () -> PostgresErrors.queueFull(1_000),
                Scheduler.SYSTEM,
                this::answer)) {
      List<Future<Boolean>> answers = new ArrayList<>();
      answers.add(threads.submit(() -> lane.call(0L)));
      await().until(() -> groups.size() == 1);
      for (int i = 0; i < sizes.size(); i++) {
        long each = sizes.get(i);
        int waiting = i + 1;
        answers.add(threads.submit(() -> lane.call(each)));
        await().until(() -> lane.waiting() == waiting);
      }
      together.countDown();
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    }
  }

  private void answer(List<Batcher.BatchedCall<Long, Boolean>> calls) {
    groups.add(calls.stream().map(Batcher.BatchedCall::operation).toList());
    Uninterrupted.run(together::await);
    calls.forEach(call -> call.answer(true));
  }

  @Test
  void gathersNoMoreThanAStatementShouldHold() throws Exception {
    run(List.of(4 * MIB, 4 * MIB, 4 * MIB, 4 * MIB, 4 * MIB, 100 * MIB, 1L, 16 * MIB, 1L));

    assertThat(groups.subList(1, groups.size()))
        .containsExactly(
            List.of(4 * MIB, 4 * MIB, 4 * MIB, 4 * MIB),
            List.of(4 * MIB),
            List.of(100 * MIB),
            List.of(1L),
            List.of(16 * MIB),
            List.of(1L));
  }

  @Test
  void findsOneGuiltyAmongManyInFewGroups() {
    List<Batcher.BatchedCall<Long, Boolean>> calls = new ArrayList<>();
    for (long i = 0; i < 256; i++) {
      calls.add(new Batcher.BatchedCall<>(i));
    }
    List<Integer> runs = new ArrayList<>();

    Batcher.together(
        calls,
        group -> {
          runs.add(group.size());
          if (group.stream().anyMatch(call -> call.operation() == 77)) {
            throw new IllegalStateException("guilty");
          }
          group.forEach(call -> call.answer(true));
        });

    assertThat(runs).hasSize(17);
    assertThat(calls).allMatch(Batcher.BatchedCall::isAnswered);
  }
}
