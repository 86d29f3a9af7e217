package dev.handoff.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.EngineEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

final class WorkersTest {
  @Test
  void aThousandActionsAtOnceTakeFewThreads() throws Exception {
    List<EngineEvent> reported = new CopyOnWriteArrayList<>();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(1_000);
    try (Workers workers = new Workers(Scheduler.SYSTEM, reported::add)) {
      for (int i = 0; i < 1_000; i++) {
        workers.run(() -> {
          threads.add(Thread.currentThread());
          done.countDown();
          throw new LinkageError("thrown by a test");
        });
      }
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(threads).hasSizeLessThanOrEqualTo(Workers.MOST).noneMatch(Thread::isVirtual);
  }

  @Test
  void withoutPlatformThreadsTheWorkGoesOn() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    Scheduler exhausted =
        new Scheduler() {
          @Override
          public Thread startVirtual(String name, Runnable task) {
            return SYSTEM.startVirtual(name, task);
          }

          @Override
          public Thread startPlatform(String name, Runnable task) {
            refused.incrementAndGet();
            throw new OutOfMemoryError("thrown by a test: no more threads");
          }

          @Override
          public long nanoTime() {
            return SYSTEM.nanoTime();
          }

          @Override
          public void await(Lock lock, Condition condition, Duration atMost)
              throws InterruptedException {
            SYSTEM.await(lock, condition, atMost);
          }
        };
    CountDownLatch done = new CountDownLatch(3);
    try (Workers workers = new Workers(exhausted, _ -> {})) {
      for (int i = 0; i < 3; i++) {
        workers.run(done::countDown);
      }
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(refused).hasPositiveValue();
  }
}
