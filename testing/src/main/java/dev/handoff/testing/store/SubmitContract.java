package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.LoggedEvent;
import dev.handoff.Outcome;
import dev.handoff.Payload;
import dev.handoff.Policy;
import dev.handoff.Priority;
import dev.handoff.Progress;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.Task;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskState.Waiting;
import dev.handoff.TaskType;
import dev.handoff.Usage;
import dev.handoff.WhenNoWorker;
import dev.handoff.store.NewTask;
import dev.handoff.store.SubmitResult;
import dev.handoff.store.SubmitResult.SubmitOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

interface SubmitContract extends StoreContract {
  @Test
  default void storesATaskThatWaits() {
    Instant now = clock().instant();
    Submission submission =
        new Submission("asha", "school-1", "lesson-7", Priority.HIGH, now.plusSeconds(60))
            .startingBefore(now.plusSeconds(90));
    NewTask given = aTask().with(submission).withAttempts(4).asking("{\"a\":1}").at(now);

    List<SubmitResult> answers = store().submit(List.of(given));

    assertThat(answers).containsExactly(new SubmitResult(given.id(), SubmitOrigin.NEW));
    assertThat(store().find(given.id()))
        .contains(
            new Task(
                given.id(),
                "chat",
                submission,
                new Queued(now.plusSeconds(60), new Waiting.Submitted()),
                new Task.Activity(Progress.NONE, 0, 4, Usage.NONE, 1),
                new Task.Timeline(now, null, now, null)));
    assertThat(store().request(given.id())).contains(new Payload("{\"a\":1}"));
    assertThat(events(given.id()))
        .containsExactly(new LoggedEvent(1, now, new TaskSubmitted(now.plusSeconds(60))));
  }

  @Test
  default void answersInTheOrderOfTheTasks() {
    List<NewTask> given =
        IntStream.range(0, 1_000)
            .mapToObj(n -> aTask().asking("question " + n).at(clock().instant()))
            .toList();

    List<SubmitResult> answers = store().submit(given);

    assertThat(answers)
        .extracting(SubmitResult::id)
        .isEqualTo(given.stream().map(NewTask::id).toList());
    assertThat(store().request(given.get(700).id())).contains(new Payload("question 700"));
  }

  @Test
  default void submitsNothingWithoutComplaint() {
    assertThat(store().submit(List.of())).isEmpty();
  }

  @Test
  default void storesAllTasksOfASubmitOrNone() {
    NewTask first = aTask().at(clock().instant());
    NewTask known = submittedTask(aTask());

    assertThatThrownBy(() -> store().submit(List.of(first, known)))
        .isInstanceOf(RuntimeException.class);

    assertThat(store().find(first.id())).isEmpty();
    assertThat(task(known.id()).activity().lastEvent()).isEqualTo(1);
  }

  @Test
  default void keepsTimesToTheMillisecond() {
    clock().advance(Duration.ofNanos(1_999_999));
    Instant millis = Instant.parse("2026-01-05T09:00:00.001Z");

    TaskId id = submitted(aTask());

    assertThat(task(id).timeline()).isEqualTo(new Task.Timeline(millis, null, millis, null));
    assertThat(events(id)).containsExactly(new LoggedEvent(1, millis, new TaskSubmitted(millis)));
  }

  @Test
  default void isDueAtOnceWhenItsStartHasPassed() {
    TaskId id = submitted(aTask().startingAt(clock().instant().minusSeconds(60)));

    assertThat(claimedChats(5)).extracting(claim -> claim.lease().task()).containsExactly(id);
  }

  @Test
  default void keepsAnyText() {
    List<String> texts =
        Stream.concat(HostileTexts.all().stream(), Stream.of("x".repeat(1 << 20))).toList();

    for (String text : texts) {
      String key = text.substring(0, Math.min(100, text.length()));
      Submission submission = Submission.by(key).inTenant(key).about(key);
      TaskId id = submitted(aTask().with(submission).asking(text));

      assertThat(store().request(id)).contains(new Payload(text));
      assertThat(task(id).submission()).isEqualTo(submission);
    }
  }

  @Test
  default void belongsToTheCallersTransaction() {
    RecordedEvents recorded = new RecordedEvents();
    store().listen(recorded);
    NewTask given = aTask().at(clock().instant());

    harness()
        .inTransaction(() -> {
          assertThat(store().submit(List.of(given)))
              .containsExactly(new SubmitResult(given.id(), SubmitOrigin.NEW));
          assertThat(store().find(given.id())).isEmpty();
          assertThat(recorded.of(given.id())).isEmpty();
        });

    assertThat(store().find(given.id())).isPresent();
    recorded.awaitExactly(given.id(), events(given.id()));
    recorded.awaitWorkAfter(0);
    assertThat(claimedChats(5)).hasSize(1);
  }

  @Test
  default void isRolledBackWithTheCallersTransaction() {
    RecordedEvents recorded = new RecordedEvents();
    store().listen(recorded);
    NewTask given = aTask().joinedBy("same").at(clock().instant());

    assertThatThrownBy(() ->
            harness()
                .inTransaction(() -> {
                  store().submit(List.of(given));
                  throw new IllegalArgumentException("changed my mind");
                }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(store().find(given.id())).isEmpty();
    assertThat(store().counts()).isEmpty();
    TaskId later = submitted(aTask().joinedBy("same"));
    recorded.awaitExactly(later, events(later));
    assertThat(recorded.of(given.id())).isEmpty();
    assertThat(recorded.work()).isEqualTo(1);
  }

  @Test
  default void storesNothingOfAFailedSubmitInTheCallersTransaction() {
    NewTask known = submittedTask(aTask());
    NewTask good = aTask().at(clock().instant());
    NewTask first = aTask().at(clock().instant());

    harness()
        .inTransaction(() -> {
          store().submit(List.of(good));
          assertThatThrownBy(() -> store().submit(List.of(first, known)))
              .isInstanceOf(RuntimeException.class);
        });

    assertThat(store().find(good.id())).isPresent();
    assertThat(store().find(first.id())).isEmpty();
  }

  @Test
  default void keepsAnActionUntilTheCallersTransactionHasCommitted() {
    List<String> done = new CopyOnWriteArrayList<>();

    assertThat(store().afterCommit(() -> done.add("without"))).isFalse();
    harness()
        .inTransaction(() -> {
          assertThat(store().afterCommit(() -> done.add("after"))).isTrue();
          assertThat(done).isEmpty();
        });
    assertThatThrownBy(() ->
            harness()
                .inTransaction(() -> {
                  store().afterCommit(() -> done.add("rolled back"));
                  throw new IllegalArgumentException("changed my mind");
                }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(done).containsExactly("after");
  }

  @Test
  default void whereNoWorkerIsTheNodeItselfDoesWhatWasSubmittedInATransaction() {
    store().leave(NODE);
    TaskType<String, String> here =
        TaskType.of("here", String.class, String.class)
            .withPolicy(Policy.DEFAULTS.withWhenNoWorker(WhenNoWorker.RUN_IN_CALLER));
    HandoffConfig config = HandoffConfig.defaults().withRole(Role.API);
    AtomicReference<TaskId> id = new AtomicReference<>();
    try (Handoff lonely =
        Handoff.start(
            store(), List.of(here.handledBy((request, context) -> Outcome.done("done"))), config)) {
      harness().inTransaction(() -> id.set(lonely.submit(here, "x", Submission.by("asha"))));

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> lonely.find(id.get()).orElseThrow().state() instanceof Completed);
    }
  }
}
