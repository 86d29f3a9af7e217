package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.Role;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Submission;
import dev.handoff.Subscription;
import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import dev.handoff.TaskStatus;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What subscribers to all tasks of an owner see; extend it with a store to run it there.
public abstract class OwnerContract {
  private static final TaskOwner ASHA = new TaskOwner("asha", null);
  private static final Submission BY_ASHA = Submission.by("asha");
  private static final TaskType<String, String> WORK =
      type("work", Policy.DEFAULTS.withRetry(RetryPolicy.DEFAULTS.upTo(1)));

  private final Semaphore mayEnd = new Semaphore(0);
  private final AtomicBoolean failing = new AtomicBoolean();
  private TaskStore store;
  private EngineFixture engine;
  private Handoff handoff;

  protected OwnerContract() {}

  protected abstract TaskStore open(TimeSource clock) throws Exception;

  @BeforeEach
  final void start() throws Exception {
    store = open(TimeSource.system());
    engine = new EngineFixture(store);
    handoff =
        engine.start(
            HandoffConfig.defaults(),
            WORK,
            (name, context) -> {
              context.progress(10, name);
              mayEnd.acquire();
              if (failing.get()) {
                throw new IllegalStateException("no luck");
              }
              return Outcome.done(name);
            });
  }

  @AfterEach
  final void close() {
    mayEnd.release(10_000);
    engine.close();
    store.close();
  }

  private static void awaitSeen(OwnerSeen seen, TaskId task, TaskStatus status) {
    await().atMost(PATIENCE).until(() -> seen.status(task).equals(Optional.of(status)));
  }

  @Test
  final void tellsWhatIsOpenAndThenEachChange() {
    TaskId open = handoff.submit(WORK, "open", BY_ASHA);
    OwnerSeen seen = new OwnerSeen();
    try (Subscription ignored = handoff.followOwner(ASHA, Optional.empty(), seen)) {
      awaitSeen(seen, open, TaskStatus.PROCESSING);

      TaskId fresh = handoff.submit(WORK, "fresh", BY_ASHA);
      TaskId bens = handoff.submit(WORK, "ben's", Submission.by("ben"));
      TaskId atSchool = handoff.submit(WORK, "at school", BY_ASHA.inTenant("school"));
      awaitSeen(seen, fresh, TaskStatus.PROCESSING);
      mayEnd.release(4);

      awaitSeen(seen, open, TaskStatus.COMPLETED);
      awaitSeen(seen, fresh, TaskStatus.COMPLETED);
      var unusedOfBen = engine.awaitEnd(bens);
      var unusedAtSchool = engine.awaitEnd(atSchool);
      assertThat(seen.tasks()).contains(open, fresh).doesNotContain(bens, atSchool);
      assertThat(seen.wentBack()).isEmpty();
    }
    assertThat(handoff.status().followers()).isZero();
  }

  @Test
  final void goesOnWhereAnEarlierOneEnded() {
    TaskId before = handoff.submit(WORK, "before", BY_ASHA);
    OwnerSeen first = new OwnerSeen();
    try (Subscription ignored = handoff.followOwner(ASHA, Optional.empty(), first)) {
      awaitSeen(first, before, TaskStatus.PROCESSING);
    }
    TaskId meanwhile = handoff.submit(WORK, "meanwhile", BY_ASHA);
    mayEnd.release(2);
    var ignored = engine.awaitEnd(before);
    var unusedMeanwhile = engine.awaitEnd(meanwhile);

    OwnerSeen second = new OwnerSeen();
    try (Subscription unusedLater = handoff.followOwner(ASHA, first.upTo(), second)) {
      awaitSeen(second, before, TaskStatus.COMPLETED);
      awaitSeen(second, meanwhile, TaskStatus.COMPLETED);
    }
  }

  @Test
  final void seesATaskThatIsTriedAgainByHand() {
    failing.set(true);
    TaskId task = handoff.submit(WORK, "again", BY_ASHA);
    mayEnd.release();
    var ignored = engine.awaitEnd(task);
    OwnerSeen seen = new OwnerSeen();
    try (Subscription unusedLater = handoff.followOwner(ASHA, Optional.empty(), seen)) {
      await().atMost(PATIENCE).until(() -> seen.upTo().isPresent());
      failing.set(false);

      assertThat(handoff.retry(task)).isTrue();

      awaitSeen(seen, task, TaskStatus.PROCESSING);
      mayEnd.release();
      awaitSeen(seen, task, TaskStatus.COMPLETED);
      assertThat(seen.wentBack()).isEmpty();
    }
  }

  @Test
  final void aSlowOneIsToldTheLastOfManyChanges() throws Exception {
    OwnerSeen quick = new OwnerSeen();
    OwnerSeen slow = new OwnerSeen();
    CountDownLatch mayRead = new CountDownLatch(1);
    try (Subscription ignored = handoff.followOwner(ASHA, Optional.empty(), quick);
        Subscription unusedLater =
            handoff.followOwner(
                ASHA,
                Optional.empty(),
                (tasks, upTo) -> {
                  if (!tasks.isEmpty()) {
                    mayRead.await();
                  }
                  slow.onTasks(tasks, upTo);
                })) {
      await().atMost(PATIENCE).until(() -> quick.upTo().isPresent() && slow.upTo().isPresent());
      mayEnd.release(10_000);
      List<String> requests = IntStream.range(0, 1_500).mapToObj(Integer::toString).toList();
      List<TaskId> tasks = new ArrayList<>();
      for (int from = 0; from < requests.size(); from += 500) {
        tasks.addAll(handoff.submitAll(WORK, requests.subList(from, from + 500), BY_ASHA));
      }

      await().atMost(PATIENCE).until(() -> quick.completed() == tasks.size());
      mayRead.countDown();

      await().atMost(PATIENCE).until(() -> slow.completed() == tasks.size());
      assertThat(slow.wentBack()).isEmpty();
      assertThat(quick.wentBack()).isEmpty();
    }
  }

  @Test
  final void oneThatFoundTheStoreAwayIsToldAgain() {
    OwnerSeen seen = new OwnerSeen();
    AtomicBoolean away = new AtomicBoolean(true);
    try (Subscription ignored =
        handoff.followOwner(
            ASHA,
            Optional.empty(),
            (tasks, upTo) -> {
              boolean ended =
                  tasks.stream().anyMatch(task -> task.status() == TaskStatus.COMPLETED);
              if (ended && away.getAndSet(false)) {
                throw new StoreUnavailableException("away", Duration.ofMillis(10));
              }
              seen.onTasks(tasks, upTo);
            })) {
      TaskId task = handoff.submit(WORK, "told twice", BY_ASHA);
      awaitSeen(seen, task, TaskStatus.PROCESSING);
      mayEnd.release();

      awaitSeen(seen, task, TaskStatus.COMPLETED);
      assertThat(away).isFalse();
    }
  }

  @Test
  final void twoNodesOnOneStoreTellTheSame() {
    Handoff other =
        engine.start(
            HandoffConfig.defaults().withRole(Role.API),
            WORK,
            (name, ignored) -> Outcome.done(name));
    OwnerSeen here = new OwnerSeen();
    OwnerSeen there = new OwnerSeen();
    try (Subscription ignored = handoff.followOwner(ASHA, Optional.empty(), here);
        Subscription unusedLater = other.followOwner(ASHA, Optional.empty(), there)) {
      TaskId task = other.submit(WORK, "both", BY_ASHA);
      mayEnd.release();
      awaitSeen(here, task, TaskStatus.COMPLETED);
      awaitSeen(there, task, TaskStatus.COMPLETED);
    }
  }
}
