package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Role;
import dev.handoff.Task;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskId;
import dev.handoff.store.Announced;
import dev.handoff.store.Claim;
import dev.handoff.store.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface AnnounceContract extends StoreContract {
  private List<Task> announced() {
    List<Task> told = new ArrayList<>();
    Announced all = store().announceEnds(Optional.empty(), 100, told::add);
    assertThat(all).isEqualTo(new Announced(told.size(), Optional.empty()));
    return told;
  }

  private TaskId failed(TaskId id) {
    append(claimed(id), new TaskFailed(new Failure(FailureKind.REFUSED, "no luck")));
    return id;
  }

  @Test
  default void announcesEachEndOnceHoweverItCame() {
    NodeId mortal = new NodeId("mortal");
    store().join(new Node(mortal, Role.ALL), clock().instant().plusSeconds(5));
    TaskId lost = submitted(aTask().announced().withAttempts(1));
    claimedBy(mortal, lost);
    Claim completed = claimed(aTask().announced().cachedBy("same", Duration.ofHours(1)));
    complete(completed, "done");
    TaskId failed = failed(submitted(aTask().announced()));
    TaskId cancelledQueued = submitted(aTask().announced());
    store().cancel(cancelledQueued, "not needed");
    TaskId cancelledRunning = claimed(aTask().announced()).lease().task();
    store().cancel(cancelledRunning, "not needed");
    TaskId fromCache = submitted(aTask().announced().cachedBy("same", Duration.ofHours(1)));
    Claim withEffect = claimed(aTask().announced());
    store()
        .append(
            withEffect.lease(),
            List.of(new TaskCompleted(new Payload("noted"))),
            List.of(harness().note("note")));
    clock().advance(Duration.ofSeconds(5));
    store().rescue(new NodeId("node-2"), 10);

    List<Task> told = announced();

    assertThat(told)
        .extracting(Task::id)
        .containsExactlyInAnyOrder(
            lost,
            completed.lease().task(),
            failed,
            cancelledQueued,
            cancelledRunning,
            fromCache,
            withEffect.lease().task());
    assertThat(told).allSatisfy(task -> assertThat(task).isEqualTo(task(task.id())));
    assertThat(announced()).isEmpty();
  }

  @Test
  default void announcesNothingThatIsOpenOrThatNobodyWants() {
    submitted(aTask().announced());
    claimed(aTask().announced());
    complete(claimed(aTask()), "done");
    store().cancel(submitted(aTask()), "not needed");
    failed(submitted(aTask()));

    assertThat(announced()).isEmpty();
  }

  @Test
  default void announcesAgainWhatWasRetriedAndEndedAgain() {
    TaskId told = failed(submitted(aTask().announced()));
    TaskId untold = failed(submitted(aTask().announced()));
    TaskId unwanted = failed(submitted(aTask()));
    store().announceEnds(Optional.empty(), 10, task -> task.id().equals(told));
    for (TaskId id : List.of(told, untold, unwanted)) {
      assertThat(store().retry(id)).isTrue();
    }
    assertThat(announced()).isEmpty();

    for (TaskId id : List.of(told, untold, unwanted)) {
      complete(claimed(id), "done");
    }

    assertThat(announced()).extracting(Task::id).containsExactly(told, untold);
  }

  @Test
  default void remembersWhatWasNotTaken() {
    List<TaskId> ended =
        IntStream.range(0, 5).mapToObj(ignored -> failed(submitted(aTask().announced()))).toList();
    AtomicInteger asked = new AtomicInteger();
    Announced first =
        store().announceEnds(Optional.empty(), 2, ignored -> asked.incrementAndGet() == 2);
    Announced second = store().announceEnds(first.next(), 2, ignored -> true);

    assertThat(first).isEqualTo(new Announced(1, Optional.of(ended.get(1))));
    assertThat(second).isEqualTo(new Announced(2, Optional.of(ended.get(3))));
    assertThatThrownBy(() ->
            store()
                .announceEnds(
                    Optional.empty(),
                    9,
                    ignored -> {
                      throw new IllegalStateException("no luck");
                    }))
        .isInstanceOf(IllegalStateException.class);
    reopen();
    assertThat(announced()).extracting(Task::id).containsExactly(ended.get(0), ended.get(4));
  }

  @Test
  default void keepsATaskThatIsNotAnnouncedForAnotherDay() {
    failed(submitted(aTask().announced().keptFor(Duration.ZERO)));
    assertThat(store().purge(10)).isZero();

    assertThat(announced()).hasSize(1);

    assertThat(store().purge(10)).isEqualTo(1);
    failed(submitted(aTask().announced().keptFor(Duration.ZERO)));
    clock().advance(Duration.ofDays(1));
    assertThat(store().purge(10)).isEqualTo(1);
    assertThat(announced()).isEmpty();
  }

  @Test
  default void tellsListenersOfEndsThatAreToBeAnnounced() {
    RecordedEvents recorded = new RecordedEvents();
    store().listen(recorded);
    TaskId unwanted = submitted(aTask());
    store().cancel(unwanted, "not needed");
    recorded.awaitExactly(unwanted, events(unwanted));
    assertThat(recorded.ends()).isZero();

    store().cancel(submitted(aTask().announced()), "not needed");

    recorded.awaitEndsAfter(0);
  }

  @Test
  default void aSubmitThatIsRolledBackAnnouncesNothing() {
    complete(claimed(aTask().cachedBy("same", Duration.ofHours(1))), "done");
    assertThatThrownBy(() ->
            harness()
                .inTransaction(() -> {
                  submitted(aTask().announced().cachedBy("same", Duration.ofHours(1)));
                  throw new IllegalStateException("changed my mind");
                }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(announced()).isEmpty();
  }
}
