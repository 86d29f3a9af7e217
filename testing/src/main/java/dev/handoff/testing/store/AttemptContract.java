package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.IllegalTransitionException;
import dev.handoff.Lease;
import dev.handoff.LogLevel;
import dev.handoff.Payload;
import dev.handoff.Progress;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.LineLogged;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.UsageRecorded;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskState.Waiting;
import dev.handoff.Usage;
import dev.handoff.store.Claim;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

interface AttemptContract extends StoreContract {
  @Test
  default void keepsWhatAnAttemptReports() {
    Claim claim = claimed(aTask());
    TaskId id = claim.lease().task();
    Instant now = clock().advance(Duration.ofSeconds(1));

    append(claim, new ProgressReported(new Progress(40, "halfway", "generate")));
    append(
        claim,
        new LineLogged(LogLevel.INFO, "asking the model"),
        new ChunkEmitted("x = "),
        new UsageRecorded(new Usage("small", 11, 5)),
        new UsageRecorded(new Usage("large", 100, 50)));

    Task task = task(id);
    assertThat(task.activity())
        .isEqualTo(
            new Task.Activity(
                new Progress(40, "halfway", "generate"), 1, 3, new Usage("large", 111, 55), 7));
    assertThat(task.timeline().updatedAt()).isEqualTo(now);
    assertThat(task.isTerminal()).isFalse();
  }

  @Test
  default void completesATask() {
    Claim claim = claimed(aTask().keptFor(Duration.ofHours(2)));
    Instant now = clock().advance(Duration.ofSeconds(1));

    assertThat(
            append(
                claim,
                new ProgressReported(new Progress(40, "halfway", null)),
                new TaskCompleted(new Payload("x = 4"))))
        .isTrue();

    Task task = task(claim.lease().task());
    assertThat(task.state()).isEqualTo(new Completed(new Payload("x = 4"), now));
    assertThat(task.activity().progress()).isEqualTo(new Progress(100, "halfway", null));
    assertThat(task.timeline().expiresAt()).isEqualTo(now.plus(Duration.ofHours(2)));
    assertThat(claimedChats(5)).isEmpty();
  }

  @Test
  default void failsATask() {
    Claim claim = claimed(aTask());
    Failure failure = new Failure(FailureKind.REFUSED, "The model refused.");

    append(claim, new TaskFailed(failure));

    assertThat(task(claim.lease().task()).state())
        .isEqualTo(new Failed(failure, clock().instant()));
  }

  @Test
  default void letsTheHandlerCancel() {
    Claim claim = claimed(aTask());

    append(claim, new TaskCancelled("nothing to do"));

    assertThat(task(claim.lease().task()).state())
        .isEqualTo(new Cancelled("nothing to do", clock().instant()));
  }

  @Test
  default void triesAgainWhenTheRetryIsDue() {
    Claim first = claimed(aTask());
    TaskId id = first.lease().task();
    Failure failure = new Failure(FailureKind.RATE_LIMITED, "The AI is busy.");
    Instant retryAt = clock().instant().plusSeconds(5);

    append(
        first,
        new ProgressReported(new Progress(40, "halfway", null)),
        new AttemptFailed(1, failure, retryAt));

    assertThat(task(id).state()).isEqualTo(new Queued(retryAt, new Waiting.ForRetry(failure)));
    assertThat(task(id).activity().progress().percent()).isEqualTo(40);
    assertThat(claimedChats(5)).isEmpty();

    clock().set(retryAt);
    Claim second = claimedChats(5).getFirst();
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.lease()).isEqualTo(new Lease(id, NODE, second.lease().fence()));
    assertThat(second.lease().fence()).isGreaterThan(first.lease().fence());
    assertThat(task(id).activity().progress()).isEqualTo(Progress.NONE);
    assertThat(task(id).timeline().startedAt()).isEqualTo(first.claimedAt());
  }

  @Test
  default void givesTheNumberOfASnoozedAttemptBack() {
    Claim first = claimed(aTask());
    TaskId id = first.lease().task();
    Instant until = clock().instant().plusSeconds(10);

    append(first, new AttemptSnoozed(until, "The AI is busy."));

    assertThat(task(id).state())
        .isEqualTo(new Queued(until, new Waiting.Snoozed("The AI is busy.")));
    assertThat(task(id).activity().attempt()).isZero();
    clock().set(until);
    Claim again = claimedChats(5).getFirst();
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(again.lease().fence()).isGreaterThan(first.lease().fence());
  }

  @Test
  default void announcesWorkWhenATaskWaitsAgain() {
    RecordedEvents recorded = new RecordedEvents();
    Claim claim = claimed(aTask());
    store().listen(recorded);

    append(claim, new AttemptSnoozed(clock().instant().plusSeconds(10), "later"));

    recorded.awaitWorkAfter(0);
  }

  @Test
  default void neverChangesAnEnd() {
    Claim claim = claimed(aTask());
    TaskId id = claim.lease().task();
    complete(claim, "x = 4");
    Task ended = task(id);
    clock().advance(Duration.ofSeconds(1));

    assertThat(complete(claim, "x = 5")).isFalse();
    assertThat(append(claim, new ChunkEmitted("late"))).isFalse();
    assertThat(store().saveStep(claim.lease(), "step", new Payload("late"))).isFalse();
    assertThat(store().cancel(id, "late")).isFalse();
    assertThat(store().claim(id, NODE)).isEmpty();

    assertThat(task(id)).isEqualTo(ended);
    assertThat(events(id)).hasSize(3);
  }

  @Test
  default void refusesEventsThatCannotFollow() {
    Claim claim = claimed(aTask());
    Task before = task(claim.lease().task());

    assertThatThrownBy(() ->
            append(
                claim,
                new ChunkEmitted("one"),
                new TaskCompleted(new Payload("done")),
                new ChunkEmitted("two")))
        .isInstanceOf(IllegalTransitionException.class);
    assertThatThrownBy(() -> append(claim, new AttemptStarted(2, claim.lease())))
        .isInstanceOf(IllegalTransitionException.class);

    assertThat(task(claim.lease().task())).isEqualTo(before);
    assertThat(events(claim.lease().task())).hasSize(2);
  }

  @Test
  default void tellsWhetherTheLeaseHoldsWithoutEvents() {
    Claim claim = claimed(aTask());

    assertThat(append(claim)).isTrue();
    complete(claim, "done");
    assertThat(append(claim)).isFalse();
  }

  @Test
  default void endsAnOpenTaskWhenAsked() {
    TaskId waiting = submitted(aTask());
    Claim running = claimed(aTask());
    Instant now = clock().advance(Duration.ofSeconds(1));

    assertThat(store().cancel(waiting, "not needed")).isTrue();
    assertThat(store().cancel(running.lease().task(), "not needed")).isTrue();
    assertThat(store().cancel(TaskDraft.nextId(now), "not needed")).isFalse();
    assertThat(store().cancel(waiting, "again")).isFalse();

    Cancelled cancelled = new Cancelled("not needed", now);
    assertThat(task(waiting).state()).isEqualTo(cancelled);
    assertThat(task(running.lease().task()).state()).isEqualTo(cancelled);
    assertThat(complete(running, "late")).isFalse();
    assertThat(claimedChats(5)).isEmpty();
  }
}
