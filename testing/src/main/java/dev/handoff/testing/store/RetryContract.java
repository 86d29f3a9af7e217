package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.LoggedEvent;
import dev.handoff.Payload;
import dev.handoff.Task;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskState.Waiting;
import dev.handoff.store.Claim;
import dev.handoff.store.Claim.RetryRound;
import dev.handoff.store.NewTask;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface RetryContract extends StoreContract {
  TaskFailed NO_LUCK = new TaskFailed(new Failure(FailureKind.REFUSED, "no luck"));

  private Claim failed(TaskDraft draft) {
    return failed(submitted(draft));
  }

  private Claim failed(TaskId id) {
    Claim claim = claimed(id);
    assertThat(append(claim, NO_LUCK)).isTrue();
    return claim;
  }

  private void retry(TaskId id) {
    assertThat(store().retry(id)).isTrue();
  }

  @Test
  default void queuesAFailedTaskAgain() {
    NewTask given = submittedTask(aTask());
    failed(given.id());
    Task before = task(given.id());
    Instant now = clock().advance(Duration.ofMinutes(5));

    retry(given.id());

    assertThat(task(given.id()))
        .isEqualTo(
            new Task(
                given.id(),
                "chat",
                given.submission(),
                new Queued(now, new Waiting.Retried()),
                new Task.Activity(
                    before.activity().progress(), 1, 1 + 3, before.activity().usage(), 4),
                new Task.Timeline(
                    before.timeline().createdAt(), before.timeline().startedAt(), now, null)));
    assertThat(events(given.id()).getLast())
        .isEqualTo(new LoggedEvent(4, now, new TaskRetried(now)));
    assertThat(Replay.of(given, events(given.id()))).isEqualTo(task(given.id()));
  }

  @Test
  default void grantsTheAttemptsAnewEachTime() {
    TaskId id = failed(aTask().withAttempts(2)).lease().task();
    retry(id);
    Instant first = clock().instant();
    clock().advance(Duration.ofMinutes(5));

    Claim second = claimed(id);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.round()).isEqualTo(new RetryRound(1, first));
    assertThat(task(id).activity().maxAttempts()).isEqualTo(3);
    append(second, NO_LUCK);
    retry(id);

    Claim third = claimed(id);
    assertThat(third.attempt()).isEqualTo(3);
    assertThat(third.round()).isEqualTo(new RetryRound(2, clock().instant()));
    assertThat(task(id).activity().maxAttempts()).isEqualTo(4);
  }

  @Test
  default void keepsWhatStepsReturnedButNoOldLease() {
    Claim first = claimed(aTask());
    TaskId id = first.lease().task();
    store().saveStep(first.lease(), "outline", new Payload("remembered"));
    append(first, NO_LUCK);
    retry(id);

    assertThat(store().step(id, "outline")).contains(new Payload("remembered"));
    assertThat(append(first, new ChunkEmitted("late"))).isFalse();
    Claim second = claimed(id);
    assertThat(append(first, new ChunkEmitted("late"))).isFalse();
    assertThat(second.lease().fence()).isGreaterThan(first.lease().fence());
    assertThat(second.request()).isEqualTo(first.request());
    assertThat(complete(second, "done")).isTrue();
    assertThat(task(id).result()).contains(new Payload("done"));
  }

  @Test
  default void isClaimedLikeAnyOther() {
    RecordedEvents recorded = new RecordedEvents();
    store().listen(recorded);
    TaskId id = failed(aTask().ofType("video")).lease().task();
    assertThat(store().nextDue(List.of("video"))).isEmpty();
    recorded.awaitExactly(id, events(id));
    int before = recorded.work();

    retry(id);

    recorded.awaitWorkAfter(before);
    recorded.awaitExactly(id, events(id));
    assertThat(store().nextDue(List.of("video"))).isPresent();
    reopen();
    assertThat(claimed(id).attempt()).isEqualTo(2);
  }

  @Test
  default void retriesOnlyWhatFailed() {
    TaskId queued = submitted(aTask());
    TaskId processing = claimed(aTask()).lease().task();
    Claim completed = claimed(aTask());
    complete(completed, "done");
    TaskId cancelled = submitted(aTask());
    store().cancel(cancelled, "not needed");
    TaskId expired = failed(aTask().keptFor(Duration.ZERO)).lease().task();
    TaskId unknown = TaskDraft.nextId(clock().instant());

    for (TaskId id :
        List.of(queued, processing, completed.lease().task(), cancelled, expired, unknown)) {
      assertThat(store().retry(id)).isFalse();
    }
    assertThat(events(queued)).hasSize(1);
    assertThat(events(cancelled)).hasSize(2);
  }

  @Test
  default void isNotForgottenAtItsFirstEnd() {
    TaskId id = failed(aTask().keptFor(Duration.ofHours(1))).lease().task();
    retry(id);
    clock().advance(Duration.ofHours(2));

    assertThat(store().purge(10)).isZero();
    assertThat(store().find(id)).isPresent();
    failed(id);
    clock().advance(Duration.ofHours(1));
    assertThat(store().retry(id)).isFalse();
    assertThat(store().purge(10)).isEqualTo(1);
  }

  @Test
  default void isRefusedWhileAnEqualTaskIsOpen() {
    TaskId first = failed(aTask().joinedBy("same")).lease().task();
    Claim second = claimed(aTask().joinedBy("same"));
    assertThat(store().retry(first)).isFalse();
    assertThat(events(first)).hasSize(3);

    complete(second, "done");

    retry(first);
    NewTask third = aTask().joinedBy("same").at(clock().instant());
    assertThat(store().submit(List.of(third)))
        .containsExactly(new SubmitResult(first, SubmitOrigin.JOINED));
  }

  @Test
  default void isOnlyOnceWhenManyAsk() throws InterruptedException {
    TaskId id = failed(aTask()).lease().task();
    AtomicInteger retried = new AtomicInteger();
    List<Thread> people =
        IntStream.range(0, 8)
            .mapToObj(ignored ->
                Thread.ofVirtual().start(() -> retried.addAndGet(store().retry(id) ? 1 : 0)))
            .toList();
    for (Thread person : people) {
      person.join();
    }

    assertThat(retried).hasValue(1);
    assertThat(events(id)).hasSize(4);
  }

  @Test
  default void leavesOneOpenTaskWhenAnEqualOneIsSubmittedAtTheSameMoment()
      throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      TaskDraft draft = aTask().joinedBy("same-" + i);
      TaskId first = failed(draft).lease().task();
      AtomicInteger retried = new AtomicInteger();
      Thread person = Thread.ofVirtual().start(() -> retried.set(store().retry(first) ? 1 : 0));

      SubmitResult submitted = store().submit(List.of(draft.at(clock().instant()))).getFirst();
      person.join();

      assertThat(submitted.origin())
          .isEqualTo(retried.get() == 1 ? SubmitOrigin.JOINED : SubmitOrigin.NEW);
      assertThat(submitted.id().equals(first)).isEqualTo(retried.get() == 1);
    }
  }

  @Test
  default void takesItsTurnAmongTenantsAsIfItWereNew() {
    List<TaskId> many =
        IntStream.range(0, 4).mapToObj(ignored -> submitted(aTask().inTenant("many"))).toList();
    many.forEach(this::failed);
    many.forEach(this::retry);

    TaskId other = submitted(aTask().inTenant("other"));

    assertThat(claimedChats(2)).extracting(claim -> claim.lease().task()).contains(other);
    assertThat(claimedChats(9)).hasSize(3);
  }
}
