package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.CancelCode;
import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.LoggedEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Cancelled;
import dev.handoff.TaskState.Processing;
import dev.handoff.store.Claim;
import dev.handoff.store.NewTask;
import dev.handoff.store.StateCount;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface ReplacingContract extends StoreContract {
  private void isReplaced(TaskId older, TaskId newer) {
    assertThat(task(older).state())
        .isInstanceOfSatisfying(
            Cancelled.class,
            it -> {
              assertThat(it.code()).isEqualTo(CancelCode.REPLACED);
              assertThat(it.reason()).contains(newer.toString());
            });
  }

  private List<TaskId> taken() {
    return claimedChats(10).stream().map(claim -> claim.lease().task()).toList();
  }

  @Test
  default void aNewerTaskTakesThePlaceOfOneThatWaits() {
    TaskId first = submitted(aTask().replacing("draft").asking("a"));
    TaskId other = submitted(aTask().replacing("another"));
    Instant now = clock().advance(Duration.ofSeconds(1));
    NewTask second = aTask().replacing("draft").asking("ab").at(now);

    assertThat(store().submit(List.of(second)))
        .containsExactly(new SubmitResult(second.id(), SubmitOrigin.NEW));

    isReplaced(first, second.id());
    assertThat(events(first).getLast())
        .isEqualTo(new LoggedEvent(2, now, TaskCancelled.replacedBy(second.id())));
    assertThat(taken()).containsExactlyInAnyOrder(second.id(), other);
  }

  @Test
  default void replacesADelayedTaskAndOneThatWaitsForRetry() {
    Instant later = clock().instant().plusSeconds(60);
    TaskId delayed = submitted(aTask().replacing("draft").startingAt(later));
    TaskId second = submitted(aTask().replacing("draft"));
    isReplaced(delayed, second);

    Claim claim = claimed(second);
    append(claim, new AttemptFailed(1, new Failure(FailureKind.ERROR, "no luck"), later));
    TaskId third = submitted(aTask().replacing("draft"));

    isReplaced(second, third);
    assertThat(taken()).containsExactly(third);
  }

  @Test
  default void aTaskThatRunsGoesOnBesideTheNewerOne() {
    Claim running = claimed(aTask().replacing("draft"));
    TaskId second = submitted(aTask().replacing("draft"));
    TaskId third = submitted(aTask().replacing("draft"));

    assertThat(task(running.lease().task()).state()).isInstanceOf(Processing.class);
    isReplaced(second, third);
    assertThat(taken()).containsExactly(third);
    assertThat(complete(running, "done")).isTrue();
  }

  @Test
  default void replacesWithinOneSubmit() {
    List<NewTask> given =
        IntStream.range(0, 3)
            .mapToObj(ignored -> aTask().replacing("draft").announced().at(clock().instant()))
            .toList();

    assertThat(store().submit(given))
        .containsExactlyElementsOf(
            given.stream().map(each -> new SubmitResult(each.id(), SubmitOrigin.NEW)).toList());

    isReplaced(given.get(0).id(), given.get(1).id());
    isReplaced(given.get(1).id(), given.get(2).id());
    assertThat(events(given.getFirst().id())).hasSize(2);
    assertThat(taken()).containsExactly(given.get(2).id());
  }

  @Test
  default void aTaskThatEndedIsNotReplaced() {
    Claim claim = claimed(aTask().replacing("draft"));
    complete(claim, "done");

    TaskId second = submitted(aTask().replacing("draft"));

    assertThat(task(claim.lease().task()).result()).isPresent();
    assertThat(taken()).containsExactly(second);
  }

  @Test
  default void ofManyAtOnceOneIsLeft() throws Exception {
    int submits = 32;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<TaskId>> each =
          IntStream.range(0, submits)
              .<Callable<TaskId>>mapToObj(ignored -> () -> submitted(aTask().replacing("draft")))
              .toList();
      for (Future<TaskId> submitted : threads.invokeAll(each)) {
        assertThat(task(submitted.get()).submission().owner()).isNotEmpty();
      }
    }

    assertThat(store().counts())
        .containsExactlyInAnyOrder(
            new StateCount("chat", "queued", 1), new StateCount("chat", "cancelled", submits - 1));
  }
}
