package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.Bounds;
import dev.handoff.FailureKind;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.LoggedEvent;
import dev.handoff.Outcome;
import dev.handoff.PayloadTooLargeException;
import dev.handoff.Policy;
import dev.handoff.Priority;
import dev.handoff.RetryPolicy;
import dev.handoff.Role;
import dev.handoff.Sharing;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.UnknownTaskTypeException;
import dev.handoff.Usage;
import dev.handoff.WhenNoWorker;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What every engine does on every store, in real time: extend it with a store to run it there.
/// [EngineTimeContract] travels in time.
public abstract class EngineContract {
  private static final HandoffConfig DEFAULTS = HandoffConfig.defaults();
  private static final TaskType<String, String> WORK = type("work", Policy.DEFAULTS);

  private TaskStore store;
  private EngineFixture engine;

  protected abstract TaskStore open(TimeSource clock) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = open(TimeSource.system());
    engine = new EngineFixture(store);
  }

  @AfterEach
  final void closeStore() {
    engine.close();
    store.close();
  }

  @Test
  final void runsATaskAndKeepsItsResult() {
    Handoff handoff =
        engine.start(DEFAULTS, WORK, (name, ignored) -> Outcome.done("Hello " + name));

    TaskId id = handoff.submit(WORK, "Asha", BY_ASHA);

    Task task = engine.awaitEnd(id);
    assertThat(handoff.result(WORK, task)).contains("Hello Asha");
    assertThat(handoff.request(WORK, id)).contains("Asha");
    assertThat(task.activity().attempt()).isEqualTo(1);
    assertThat(engine.log(id)).last().isInstanceOf(TaskEvent.TaskCompleted.class);
  }

  @Test
  final void logsProgressChunksAndUsageInOrder() {
    Handoff handoff =
        engine.start(
            DEFAULTS,
            WORK,
            (ignored, context) -> {
              context.progress(10, "reading", "read");
              context.emit("one ");
              context.progress(5, "going back");
              context.emit("two");
              context.usage(new Usage("m", 11, 5));
              context.usage(new Usage("m", 1, 1));
              return Outcome.done("done");
            });

    TaskId id = handoff.submit(WORK, "x", BY_ASHA);

    Task task = engine.awaitEnd(id);
    List<TaskEvent> log = engine.log(id);
    assertThat(log.stream().filter(ChunkEmitted.class::isInstance))
        .containsExactly(new ChunkEmitted("one "), new ChunkEmitted("two"));
    assertThat(
            log.stream()
                .filter(ProgressReported.class::isInstance)
                .map(e -> ((ProgressReported) e).progress().percent()))
        .containsExactly(10, 10);
    assertThat(task.activity().progress().message()).isEqualTo("going back");
    assertThat(task.activity().usage()).isEqualTo(new Usage("m", 12, 6));
    assertThat(task.activity().lastEvent()).isEqualTo(log.size());
  }

  @Test
  final void showsAnUnexplainedFailureWithoutItsText() {
    TaskType<String, String> once =
        type("once", Policy.DEFAULTS.withRetry(RetryPolicy.DEFAULTS.upTo(1)));
    Handoff handoff =
        engine.start(
            DEFAULTS,
            once,
            (request, context) -> {
              throw new IllegalStateException("secret-key at /etc/path");
            });

    Task task = engine.awaitEnd(handoff.submit(once, "x", BY_ASHA));

    assertThat(task.state())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureKind.ERROR);
              assertThat(failed.failure().message()).doesNotContain("secret", "/etc");
            });
  }

  @Test
  final void survivesAHandlerThatBreaksTheMachine() {
    TaskType<String, String> once =
        type("once", Policy.DEFAULTS.withRetry(RetryPolicy.DEFAULTS.upTo(1)));
    Handoff handoff =
        engine.start(
            DEFAULTS,
            once,
            (request, ignored) -> {
              if (request.equals("deep")) {
                throw new StackOverflowError();
              }
              return Outcome.done("fine");
            });

    Task broken = engine.awaitEnd(handoff.submit(once, "deep", BY_ASHA));
    Task next = engine.awaitEnd(handoff.submit(once, "flat", BY_ASHA));

    assertThat(broken.state()).isInstanceOf(Failed.class);
    assertThat(next.state()).isInstanceOf(Completed.class);
  }

  @Test
  final void remembersAStepThatReturned() {
    AtomicInteger paid = new AtomicInteger();
    TaskType<String, String> twice =
        type("twice", Policy.DEFAULTS.withRetry(RetryPolicy.every(Duration.ZERO).upTo(3)));
    Handoff handoff =
        engine.start(
            DEFAULTS,
            twice,
            (ignored, context) -> {
              String bought =
                  context.step("buy", String.class, () -> "ware " + paid.incrementAndGet());
              if (context.attempt() < 3) {
                throw new IllegalStateException("after paying");
              }
              return Outcome.done(bought);
            });

    Task task = engine.awaitEnd(handoff.submit(twice, "x", BY_ASHA));

    assertThat(handoff.result(twice, task)).contains("ware 1");
    assertThat(paid).hasValue(1);
    assertThat(task.activity().attempt()).isEqualTo(3);
  }

  @Test
  final void cancellingInterruptsAndFreesTheSlot() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Handoff handoff =
        engine.start(
            DEFAULTS.withConcurrency(1),
            WORK,
            (request, context) -> {
              if (request.equals("next")) {
                return Outcome.done("next");
              }
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted.set(context.cancelRequested());
              }
              return Outcome.done("too late");
            });
    TaskId stuck = handoff.submit(WORK, "stuck", BY_ASHA);
    begun.await();
    TaskId next = handoff.submit(WORK, "next", BY_ASHA);

    boolean cancelled = handoff.cancel(stuck, "no longer wanted");

    assertThat(cancelled).isTrue();
    assertThat(engine.awaitEnd(next).state()).isInstanceOf(Completed.class);
    await().atMost(PATIENCE).untilTrue(interrupted);
    assertThat(engine.task(stuck).state())
        .isInstanceOfSatisfying(
            Cancelled.class, state -> assertThat(state.reason()).isEqualTo("no longer wanted"));
    assertThat(handoff.cancel(stuck, "again")).isFalse();
    assertThat(engine.log(stuck)).last().isInstanceOf(TaskEvent.TaskCancelled.class);
  }

  @Test
  final void runsHigherPrioritiesFirst() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    Semaphore go = new Semaphore(0);
    Handoff handoff =
        engine.start(
            DEFAULTS.withConcurrency(1),
            WORK,
            (request, ignored) -> {
              go.acquire();
              order.add(request);
              return Outcome.done("");
            });
    TaskId first = handoff.submit(WORK, "first", BY_ASHA);
    engine.awaitState(first, Processing.class);
    List<TaskId> all = new ArrayList<>(List.of(first));
    all.add(handoff.submit(WORK, "low", BY_ASHA.withPriority(Priority.LOW)));
    all.add(handoff.submit(WORK, "normal", BY_ASHA));
    all.add(handoff.submit(WORK, "high", BY_ASHA.withPriority(Priority.HIGH)));

    go.release(4);

    all.forEach(engine::awaitEnd);
    assertThat(order).containsExactly("first", "high", "normal", "low");
  }

  @Test
  final void boundsTheAttemptsOfATypeWithoutHoldingOthersUp() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore go = new Semaphore(0);
    TaskType<String, String> narrow = type("narrow", Policy.DEFAULTS.withConcurrency(2));
    Handoff handoff =
        engine.start(
            DEFAULTS.withConcurrency(10),
            List.of(
                narrow.handledBy((request, context) -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  go.acquire();
                  now.decrementAndGet();
                  return Outcome.done("");
                }),
                WORK.handledBy((request, context) -> Outcome.done("wide"))));
    List<TaskId> crowd =
        handoff.submitAll(
            narrow, IntStream.range(0, 8).mapToObj(Integer::toString).toList(), BY_ASHA);

    Task other = engine.awaitEnd(handoff.submit(WORK, "x", BY_ASHA));

    assertThat(other.state()).isInstanceOf(Completed.class);
    go.release(8);
    crowd.forEach(engine::awaitEnd);
    assertThat(most).hasValue(2);
  }

  @Test
  final void followersSeeEveryEventOnceFromAnyPointOn() {
    Handoff handoff =
        engine.start(
            DEFAULTS.withFlushEvery(Duration.ofMillis(2)),
            WORK,
            (ignored, context) -> {
              for (int i = 0; i < 2_000; i++) {
                context.emit("chunk " + i);
              }
              return Outcome.done("");
            });
    TaskId id = handoff.submit(WORK, "x", BY_ASHA);
    List<Long> live = new CopyOnWriteArrayList<>();
    handoff.follow(id, 0, events -> events.forEach(e -> live.add(e.seq())));
    engine.awaitEnd(id);
    List<Long> late = new CopyOnWriteArrayList<>();
    handoff.follow(id, 1_000, events -> events.forEach(e -> late.add(e.seq())));

    long last = engine.task(id).activity().lastEvent();
    await().atMost(PATIENCE).until(() -> live.size() >= last && late.size() >= last - 1_000);

    assertThat(live).containsExactlyElementsOf(numbers(1, last));
    assertThat(late).containsExactlyElementsOf(numbers(1_001, last));
    await().atMost(PATIENCE).until(() -> handoff.status().followers() == 0);
  }

  @Test
  final void aSlowFollowerHoldsNobodyUpAndMissesNothing() throws Exception {
    Semaphore pull = new Semaphore(0);
    List<LoggedEvent> seen = new CopyOnWriteArrayList<>();
    Handoff handoff =
        engine.start(
            DEFAULTS,
            WORK,
            (ignored, context) -> {
              for (int i = 0; i < 3_000; i++) {
                context.emit("chunk");
              }
              return Outcome.done("");
            });
    TaskId id = handoff.submit(WORK, "x", BY_ASHA);
    handoff.follow(
        id,
        0,
        events -> {
          pull.acquire();
          seen.addAll(events);
        });

    engine.awaitEnd(id);
    pull.release(10_000);

    long last = engine.task(id).activity().lastEvent();
    await().atMost(PATIENCE).until(() -> seen.size() >= last);
    assertThat(seen.stream().map(LoggedEvent::seq)).containsExactlyElementsOf(numbers(1, last));
  }

  @Test
  final void followersAreToldBeyondAFailureThatWasRetried() {
    TaskType<String, String> once =
        type("once", Policy.DEFAULTS.withRetry(RetryPolicy.DEFAULTS.upTo(1)));
    Handoff handoff =
        engine.start(
            DEFAULTS,
            once,
            (ignored, context) -> {
              if (context.attempt() > 1) {
                return Outcome.done("at last");
              }
              // The failure is then the last event of the first page that a follower reads.
              for (int i = 0; i < 253; i++) {
                context.emit("chunk");
              }
              throw new IllegalStateException("the first time");
            });
    TaskId id = handoff.submit(once, "x", BY_ASHA);
    assertThat(engine.awaitEnd(id).activity().lastEvent()).isEqualTo(256);

    assertThat(handoff.retry(id)).isTrue();
    assertThat(engine.awaitEnd(id).state()).isInstanceOf(Completed.class);

    List<Long> seen = new CopyOnWriteArrayList<>();
    handoff.follow(id, 0, events -> events.forEach(e -> seen.add(e.seq())));
    await().atMost(PATIENCE).until(() -> handoff.status().followers() == 0);
    assertThat(seen).containsExactlyElementsOf(numbers(1, 259));
    assertThat(handoff.retry(id)).isFalse();
  }

  @Test
  final void aLonelyNodeRetriesToo() {
    AtomicBoolean works = new AtomicBoolean();
    Policy policy =
        Policy.DEFAULTS
            .withRetry(RetryPolicy.DEFAULTS.upTo(1))
            .withWhenNoWorker(WhenNoWorker.RUN_IN_CALLER);
    TaskType<String, String> here = type("here", policy);
    Handoff lonely =
        engine.start(
            DEFAULTS.withRole(Role.API),
            here,
            (request, context) -> {
              if (works.get()) {
                return Outcome.done("");
              }
              throw new IllegalStateException("not yet");
            });
    TaskId id = lonely.submit(here, "x", BY_ASHA);
    works.set(true);

    assertThat(lonely.retry(id)).isTrue();

    assertThat(engine.awaitEnd(id).state()).isInstanceOf(Completed.class);
  }

  @Test
  final void joinsTheOwnersIdenticalOpenTaskOnly() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    TaskType<String, String> joined =
        type("joined", Policy.DEFAULTS.withSharing(Sharing.joining()));
    Handoff handoff =
        engine.start(
            DEFAULTS,
            joined,
            (request, context) -> {
              go.await();
              return Outcome.done("");
            });

    TaskId first = handoff.submit(joined, "same", BY_ASHA);

    assertThat(handoff.submit(joined, "same", BY_ASHA)).isEqualTo(first);
    assertThat(handoff.submit(joined, "other", BY_ASHA)).isNotEqualTo(first);
    assertThat(handoff.submit(joined, "same", Submission.by("ben"))).isNotEqualTo(first);
    go.countDown();
    engine.awaitEnd(first);
    assertThat(handoff.submit(joined, "same", BY_ASHA)).isNotEqualTo(first);
  }

  @Test
  final void refusesWhatIsTooLargeOrUnknown() {
    Bounds small = new Bounds(100, 100, 10, 5);
    TaskType<String, String> once =
        type("once", Policy.DEFAULTS.withRetry(RetryPolicy.DEFAULTS.upTo(1)));
    Handoff handoff =
        engine.start(
            DEFAULTS.withBounds(small), once, (request, context) -> Outcome.done("r".repeat(101)));

    assertThatThrownBy(() -> handoff.submit(once, "é".repeat(60), BY_ASHA))
        .isInstanceOf(PayloadTooLargeException.class)
        .hasMessageContaining("120 bytes");
    assertThatThrownBy(() -> handoff.submit(WORK, "x", BY_ASHA))
        .isInstanceOf(UnknownTaskTypeException.class)
        .hasMessageContaining("once");
    assertThat(engine.awaitEnd(handoff.submit(once, "x", BY_ASHA)).state())
        .isInstanceOf(Failed.class);
  }

  @Test
  final void drainsAndHandsBackWhatIsNotOver() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Handoff first =
        engine.start(
            DEFAULTS.withDrain(Duration.ofMillis(50)),
            WORK,
            (request, context) -> {
              begun.countDown();
              never.await();
              return Outcome.done("");
            });
    TaskId id = first.submit(WORK, "x", BY_ASHA);
    begun.await();

    first.close();
    Handoff second =
        engine.start(DEFAULTS, WORK, (request, context) -> Outcome.done("by the second"));

    Task task = engine.awaitEnd(id);
    assertThat(second.result(WORK, task)).contains("by the second");
    assertThat(task.activity().attempt()).as("a hand-over costs no attempt").isEqualTo(1);
  }

  // Again and again, for the node's own dispatcher may be claiming the same task at that moment.
  @RepeatedTest(20)
  final void runsInTheCallerWhenNobodyElseCan() {
    TaskType<String, String> here =
        type("here", Policy.DEFAULTS.withWhenNoWorker(WhenNoWorker.RUN_IN_CALLER));
    Handoff lonely =
        engine.start(DEFAULTS.withRole(Role.API), here, (request, context) -> Outcome.done(""));

    TaskId id = lonely.submit(here, "x", BY_ASHA);

    assertThat(engine.task(id).state())
        .as("over when submit returns")
        .isInstanceOf(Completed.class);
  }

  private static List<Long> numbers(long from, long to) {
    return java.util.stream.LongStream.rangeClosed(from, to).boxed().toList();
  }
}
