package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.CancelCode;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.GateLimits;
import dev.handoff.LoggedEvent;
import dev.handoff.Submission;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Queued;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.NewTask;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface StartBeforeContract extends StoreContract {
  private Instant in(int seconds) {
    return clock().instant().plusSeconds(seconds);
  }

  private List<TaskId> taken(int atMost) {
    return claimedChats(atMost).stream().map(claim -> claim.lease().task()).toList();
  }

  private void isTooLate(TaskId id) {
    assertThat(task(id).state())
        .isInstanceOfSatisfying(
            Cancelled.class, it -> assertThat(it.code()).isEqualTo(CancelCode.TOO_LATE));
  }

  @Test
  default void startsATaskBeforeItsTime() {
    NewTask given = submittedTask(aTask().startingBefore(in(60)));
    clock().advance(Duration.ofMillis(59_999));

    assertThat(store().cancelLate(10)).isZero();
    assertThat(taken(5)).containsExactly(given.id());
    assertThat(task(given.id()).submission()).isEqualTo(given.submission());
  }

  @Test
  default void startsNoTaskFromItsTimeOn() {
    TaskId late = submitted(aTask().startingBefore(in(60)));
    TaskId delayed = submitted(aTask().startingAt(in(59)).startingBefore(in(60)));
    TaskId other = submitted(aTask());
    clock().advance(Duration.ofSeconds(60));

    assertThat(store().claim(late, NODE)).isEmpty();
    assertThat(taken(5)).containsExactly(other);
    assertThat(store().claim(delayed, NODE)).isEmpty();
  }

  @Test
  default void manyTasksThatAreTooLateDoNotHoldUpAnother() {
    store()
        .submit(
            IntStream.range(0, 1_200)
                .mapToObj(ignored -> aTask().startingBefore(in(1)).at(clock().instant()))
                .toList());
    clock().advance(Duration.ofSeconds(1));
    TaskId other = submitted(aTask());

    List<TaskId> taken = List.of();
    for (int claims = 0; claims < 5 && taken.isEmpty(); claims++) {
      taken = taken(2);
    }

    assertThat(taken).containsExactly(other);
  }

  @Test
  default void cancelsWhatIsTooLate() {
    TaskId first = submitted(aTask().startingBefore(in(1)));
    TaskId second = submitted(aTask().ofType("video").startingBefore(in(2)));
    TaskId third = submitted(aTask().startingBefore(in(3)));
    Instant now = clock().advance(Duration.ofSeconds(2));

    assertThat(store().cancelLate(1)).isEqualTo(1);
    isTooLate(first);
    assertThat(store().cancelLate(10)).isEqualTo(1);
    isTooLate(second);
    assertThat(store().cancelLate(10)).isZero();

    assertThat(task(third).state()).isInstanceOf(Queued.class);
    assertThat(events(first).getLast()).isEqualTo(new LoggedEvent(2, now, TaskCancelled.tooLate()));
    assertThat(task(first).finishedAt()).contains(now);
    assertThat(store().retry(first)).isFalse();
  }

  @Test
  default void cancelsWhatIsTooLateAfterARestart() {
    TaskId late = submitted(aTask().startingBefore(in(1)));
    reopen();
    clock().advance(Duration.ofSeconds(1));

    assertThat(store().cancelLate(10)).isEqualTo(1);
    isTooLate(late);
  }

  @Test
  default void anAttemptThatStartedInTimeIsRepeated() {
    Claim claim = claimed(aTask().startingBefore(in(1)));
    clock().advance(Duration.ofSeconds(2));
    assertThat(store().cancelLate(10)).isZero();
    Failure failure = new Failure(FailureKind.ERROR, "no luck");
    assertThat(append(claim, new AttemptFailed(1, failure, clock().instant()))).isTrue();

    assertThat(store().cancelLate(10)).isZero();
    assertThat(taken(5)).containsExactly(claim.lease().task());
  }

  @Test
  default void startsNoTaskBehindAGateFromItsTimeOn() {
    store().gates().set("provider:late", GateLimits.concurrency(5));
    Submission through = Submission.by("asha").through("provider:late").startingBefore(in(1));
    TaskId late = submitted(aTask().with(through));
    TaskId single = submitted(aTask().with(through));
    clock().advance(Duration.ofSeconds(1));

    assertThat(store().claim(single, NODE)).isEmpty();
    assertThat(taken(5)).isEmpty();
    assertThat(store().claim(late, NODE)).isEmpty();
  }

  @Test
  default void startsNoLateTaskInTheCommitThatStoresIt() {
    NewTask late = aTask().startingBefore(in(1)).at(clock().instant());
    clock().advance(Duration.ofSeconds(1));
    UnusedOffer offer = new UnusedOffer(new ClaimRequest(NODE, List.of(new Room("chat", 5)), 5));

    store().submit(List.of(late), () -> Optional.of(offer));

    assertThat(store().cancelLate(10)).isEqualTo(1);
    isTooLate(late.id());
  }

  @Test
  default void joinsATaskThatMayStartForAsLong() {
    TaskId first = submitted(aTask().joinedBy("same").startingBefore(in(60)));

    SubmitResult joined = new SubmitResult(first, SubmitOrigin.JOINED);
    assertThat(result(aTask().joinedBy("same").startingBefore(in(59)))).isEqualTo(joined);
    assertThat(result(aTask().joinedBy("same").startingBefore(in(60)))).isEqualTo(joined);
    SubmitResult longer = result(aTask().joinedBy("same").startingBefore(in(61)));
    assertThat(longer.origin()).isEqualTo(SubmitOrigin.NEW);
    SubmitResult always = result(aTask().joinedBy("same"));
    assertThat(always.origin()).isEqualTo(SubmitOrigin.NEW);
    assertThat(result(aTask().joinedBy("same").startingBefore(in(1))))
        .isEqualTo(new SubmitResult(always.id(), SubmitOrigin.JOINED));
  }

  private SubmitResult result(TaskDraft draft) {
    return store().submit(List.of(draft.at(clock().instant()))).getFirst();
  }
}
