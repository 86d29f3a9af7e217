package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.LoggedEvent;
import dev.handoff.Payload;
import dev.handoff.Priority;
import dev.handoff.Progress;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.Usage;
import dev.handoff.store.Claim;
import dev.handoff.store.NewTask;
import dev.handoff.store.StateCount;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

interface SharingContract extends StoreContract {
  private SubmitResult submit(TaskDraft draft) {
    return store().submit(List.of(draft.at(clock().instant()))).getFirst();
  }

  private List<TaskId> taken(int atMost) {
    return claimedChats(atMost).stream().map(claim -> claim.lease().task()).toList();
  }

  @Test
  default void joinsTheOpenTaskOfTheSameKey() {
    TaskId first = submitted(aTask().joinedBy("asha:chat:1"));

    assertThat(submit(aTask().joinedBy("asha:chat:1")))
        .isEqualTo(new SubmitResult(first, SubmitOrigin.JOINED));

    assertThat(submit(aTask().joinedBy("asha:chat:2")).origin()).isEqualTo(SubmitOrigin.NEW);
    assertThat(submit(aTask()).origin()).isEqualTo(SubmitOrigin.NEW);
    assertThat(store().counts()).containsExactly(new StateCount("chat", "queued", 3));
    assertThat(events(first)).hasSize(1);
  }

  @Test
  default void joinsWithinOneSubmit() {
    NewTask one = aTask().joinedBy("same").at(clock().instant());
    NewTask two = aTask().joinedBy("same").at(clock().instant());

    assertThat(store().submit(List.of(one, two)))
        .containsExactly(
            new SubmitResult(one.id(), SubmitOrigin.NEW),
            new SubmitResult(one.id(), SubmitOrigin.JOINED));
  }

  @Test
  default void joinsATaskThatRunsOrWaitsForRetry() {
    Claim claim = claimed(aTask().joinedBy("same"));
    TaskId first = claim.lease().task();
    assertThat(submit(aTask().joinedBy("same")))
        .isEqualTo(new SubmitResult(first, SubmitOrigin.JOINED));

    Failure failure = new Failure(FailureKind.ERROR, "no luck");
    append(claim, new AttemptFailed(1, failure, clock().instant().plusSeconds(5)));

    assertThat(submit(aTask().joinedBy("same")))
        .isEqualTo(new SubmitResult(first, SubmitOrigin.JOINED));
  }

  @Test
  default void doesNotJoinATaskThatEnded() {
    complete(claimed(aTask().joinedBy("same")), "done");
    assertThat(submit(aTask().joinedBy("same")).origin()).isEqualTo(SubmitOrigin.NEW);

    TaskId second = submit(aTask().joinedBy("same")).id();
    assertThat(store().cancel(second, "not needed")).isTrue();

    assertThat(submit(aTask().joinedBy("same")).origin()).isEqualTo(SubmitOrigin.NEW);
  }

  @Test
  default void doesNotJoinATaskThatStartsLater() {
    Instant inThreeDays = clock().instant().plus(Duration.ofDays(3));
    TaskId later =
        submitted(aTask().joinedBy("same").withPriority(Priority.LOW).startingAt(inThreeDays));

    SubmitResult now = submit(aTask().joinedBy("same").withPriority(Priority.HIGH));

    assertThat(now.origin()).isEqualTo(SubmitOrigin.NEW);
    assertThat(taken(5)).containsExactly(now.id());
    assertThat(submit(aTask().joinedBy("same")))
        .isEqualTo(new SubmitResult(now.id(), SubmitOrigin.JOINED));
    clock().advance(Duration.ofDays(3));
    assertThat(taken(5)).containsExactly(later);
  }

  @Test
  default void joinsATaskThatStartsSooner() {
    Instant inThreeDays = clock().instant().plus(Duration.ofDays(3));
    TaskId first = submitted(aTask().joinedBy("same").startingAt(inThreeDays));

    assertThat(submit(aTask().joinedBy("same").startingAt(inThreeDays)))
        .isEqualTo(new SubmitResult(first, SubmitOrigin.JOINED));
    assertThat(submit(aTask().joinedBy("same").startingAt(inThreeDays.plusSeconds(1))))
        .isEqualTo(new SubmitResult(first, SubmitOrigin.JOINED));
    assertThat(submit(aTask().joinedBy("same").startingAt(inThreeDays.minusSeconds(1))).origin())
        .isEqualTo(SubmitOrigin.NEW);
  }

  @Test
  default void doesNotJoinAWaitingTaskOfLowerPriority() {
    TaskId low = submitted(aTask().joinedBy("same").withPriority(Priority.LOW));

    SubmitResult high = submit(aTask().joinedBy("same").withPriority(Priority.HIGH));

    assertThat(high.origin()).isEqualTo(SubmitOrigin.NEW);
    assertThat(submit(aTask().joinedBy("same").withPriority(Priority.LOW)))
        .isEqualTo(new SubmitResult(high.id(), SubmitOrigin.JOINED));
    assertThat(taken(1)).containsExactly(high.id());
    assertThat(submit(aTask().joinedBy("same").withPriority(Priority.HIGH)))
        .isEqualTo(new SubmitResult(high.id(), SubmitOrigin.JOINED));
    assertThat(taken(1)).containsExactly(low);
  }

  @Test
  default void joinsARunningTaskOfWhateverPriority() {
    Claim claim = claimed(aTask().joinedBy("same").withPriority(Priority.LOW));

    assertThat(submit(aTask().joinedBy("same").withPriority(Priority.HIGH)))
        .isEqualTo(new SubmitResult(claim.lease().task(), SubmitOrigin.JOINED));
  }

  @Test
  default void joinsWithinOneSubmitOnlyWhatRunsAsSoon() {
    Instant now = clock().instant();
    NewTask later = aTask().joinedBy("same").startingAt(now.plusSeconds(60)).at(now);
    NewTask low = aTask().joinedBy("same").withPriority(Priority.LOW).at(now);
    NewTask high = aTask().joinedBy("same").withPriority(Priority.HIGH).at(now);
    NewTask normal = aTask().joinedBy("same").at(now);

    assertThat(store().submit(List.of(later, low, high, normal)))
        .containsExactly(
            new SubmitResult(later.id(), SubmitOrigin.NEW),
            new SubmitResult(low.id(), SubmitOrigin.NEW),
            new SubmitResult(high.id(), SubmitOrigin.NEW),
            new SubmitResult(high.id(), SubmitOrigin.JOINED));
    assertThat(submit(aTask().joinedBy("same")))
        .isEqualTo(new SubmitResult(high.id(), SubmitOrigin.JOINED));
  }

  @Test
  default void theOneThatIsNotJoinedAnyMoreIsRetriedLikeAnyOther() {
    TaskId low = submitted(aTask().joinedBy("same").withPriority(Priority.LOW));
    TaskId high = submitted(aTask().joinedBy("same").withPriority(Priority.HIGH));
    assertThat(taken(1)).containsExactly(high);
    append(claimed(low), new TaskFailed(new Failure(FailureKind.REFUSED, "no")));

    assertThat(store().retry(low)).isTrue();
  }

  @Test
  default void givesOutAFreshResultAgain() {
    complete(claimed(aTask().cachedBy("x=?", Duration.ofHours(1))), "x = 4");
    Instant now = clock().advance(Duration.ofHours(1));

    NewTask again = aTask().cachedBy("x=?", Duration.ofHours(1)).at(now);

    assertThat(store().submit(List.of(again)))
        .containsExactly(new SubmitResult(again.id(), SubmitOrigin.CACHED));
    assertThat(task(again.id()))
        .isEqualTo(
            new Task(
                again.id(),
                "chat",
                again.submission(),
                new Completed(new Payload("x = 4"), now),
                new Task.Activity(new Progress(100, null, null), 0, 3, Usage.NONE, 2),
                new Task.Timeline(now, null, now, now.plus(Duration.ofDays(1)))));
    assertThat(events(again.id()))
        .containsExactly(
            new LoggedEvent(1, now, new TaskSubmitted(now)),
            new LoggedEvent(2, now, new TaskCompleted(new Payload("x = 4"))));
    assertThat(store().request(again.id())).contains(again.request());
    assertThat(claimedChats(5)).isEmpty();
  }

  @Test
  default void givesOutTheNewestResult() {
    TaskDraft draft = aTask().cachedBy("x=?", Duration.ofHours(1));
    Claim one = claimed(draft);
    Claim two = claimed(draft);
    complete(two, "older");
    clock().advance(Duration.ofMinutes(1));
    complete(one, "newer");

    assertThat(task(submit(draft).id()).result()).contains(new Payload("newer"));
  }

  @Test
  default void doesNotGiveOutAResultThatIsTooOld() {
    complete(claimed(aTask().cachedBy("x=?", Duration.ofHours(1))), "x = 4");
    clock().advance(Duration.ofHours(1).plusMillis(1));

    assertThat(submit(aTask().cachedBy("x=?", Duration.ofHours(1))).origin())
        .isEqualTo(SubmitOrigin.NEW);
    assertThat(submit(aTask().cachedBy("x=?", Duration.ofHours(2))).origin())
        .isEqualTo(SubmitOrigin.CACHED);
  }

  @Test
  default void takesForEachOfOneSubmitOnlyWhatItsOwnTimeAllows() {
    complete(claimed(aTask().cachedBy("x=?", Duration.ofHours(1))), "x = 4");
    Instant now = clock().advance(Duration.ofMinutes(10));
    NewTask strict = aTask().cachedBy("x=?", Duration.ofMinutes(1)).at(now);
    NewTask easy = aTask().cachedBy("x=?", Duration.ofHours(1)).at(now);

    assertThat(store().submit(List.of(strict, easy)))
        .containsExactly(
            new SubmitResult(strict.id(), SubmitOrigin.NEW),
            new SubmitResult(easy.id(), SubmitOrigin.CACHED));
  }

  @Test
  default void doesNotMakeAResultYoungerByGivingItOut() {
    TaskDraft draft = aTask().cachedBy("x=?", Duration.ofHours(1));
    complete(claimed(draft), "x = 4");
    clock().advance(Duration.ofMinutes(50));
    assertThat(submit(draft).origin()).isEqualTo(SubmitOrigin.CACHED);
    clock().advance(Duration.ofMinutes(50));

    assertThat(submit(draft).origin()).isEqualTo(SubmitOrigin.NEW);
  }

  @Test
  default void givesOutOnlyResultsThatCanStillBeSeen() {
    TaskDraft draft = aTask().cachedBy("x=?", Duration.ofHours(5));
    complete(claimed(draft.keptFor(Duration.ofHours(1))), "x = 4");
    clock().advance(Duration.ofHours(1));

    assertThat(submit(draft).origin()).isEqualTo(SubmitOrigin.NEW);
  }

  @Test
  default void givesOutOnlyGoodResultsOfTheSameKey() {
    TaskDraft draft = aTask().cachedBy("x=?", Duration.ofHours(1));
    append(claimed(draft), new TaskFailed(new Failure(FailureKind.REFUSED, "no")));
    complete(claimed(aTask().cachedBy("y=?", Duration.ofHours(1))), "y = 5");
    complete(claimed(aTask()), "z = 6");

    assertThat(submit(draft).origin()).isEqualTo(SubmitOrigin.NEW);
  }

  @Test
  default void givesNothingOutWithoutATime() {
    complete(claimed(aTask().cachedBy("x=?", Duration.ofHours(1))), "x = 4");

    assertThat(submit(aTask().cachedBy("x=?", Duration.ZERO)).origin()).isEqualTo(SubmitOrigin.NEW);
  }

  @Test
  default void joinsRatherThanGivingOutAResult() {
    TaskDraft draft = aTask().cachedBy("x=?", Duration.ofHours(1));
    complete(claimed(draft), "x = 4");
    TaskId open = submitted(aTask().joinedBy("x=?"));

    assertThat(submit(draft.joinedBy("x=?")))
        .isEqualTo(new SubmitResult(open, SubmitOrigin.JOINED));
  }
}
