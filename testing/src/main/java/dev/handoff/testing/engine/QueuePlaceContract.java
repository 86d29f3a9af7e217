package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.NodeId;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.Priority;
import dev.handoff.QueuePlace;
import dev.handoff.QueuePlace.Estimate;
import dev.handoff.QueuePlace.LinePosition;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskSummary;
import dev.handoff.TaskType;
import dev.handoff.store.Claim;
import dev.handoff.store.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What waiting people are told: extend it with a store.
public abstract class QueuePlaceContract extends SteppedEngineContract {
  private static final NodeId OTHER = new NodeId("other");
  private static final TaskType<String, String> WORK = type("work", Policy.DEFAULTS);
  private static final TaskType<String, String> GATED =
      type("gated", Policy.DEFAULTS.through("door"));
  private static final Duration EACH = Duration.ofSeconds(10);

  private Handoff startWorker() {
    return engine.startByHand(
        List.of(
            WORK.handledBy((request, context) -> tenSeconds()),
            GATED.handledBy((request, context) -> tenSeconds())));
  }

  private Outcome<String> tenSeconds() {
    clock.advance(EACH);
    return Outcome.done("done");
  }

  private static void run(Handoff worker, TaskType<String, String> type, int tasks) {
    for (int i = 0; i < tasks; i++) {
      worker.submit(type, "x", BY_ASHA);
      worker.runDue();
    }
  }

  /// Another node starts the task, and keeps it.
  private void startElsewhere(TaskId task) {
    store.join(new Node(OTHER, Role.ALL), Duration.ofHours(1));
    Optional<Claim> claim = store.claim(task, OTHER);
    assertThat(claim).isPresent();
  }

  private Optional<QueuePlace> place(Handoff handoff, TaskId task) {
    return handoff.place(TaskSummary.of(engine.task(task)));
  }

  private static Estimate exactly(long seconds) {
    return new Estimate(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
  }

  @Test
  final void tasksInLineAreToldTheirPlaceAndWhenTheyStartAndEnd() {
    Handoff worker = startWorker();
    run(worker, WORK, 20);
    TaskId running = worker.submit(WORK, "x", BY_ASHA);
    startElsewhere(running);
    TaskId first = worker.submit(WORK, "x", BY_ASHA);
    TaskId second = worker.submit(WORK, "x", BY_ASHA);
    TaskId urgent = worker.submit(WORK, "x", BY_ASHA.withPriority(Priority.HIGH));
    TaskId later = worker.submit(WORK, "x", BY_ASHA.startingAt(clock.instant().plusSeconds(900)));
    clock.advance(Duration.ofSeconds(4));

    assertThat(place(worker, running)).contains(new QueuePlace(null, null, exactly(6)));
    assertThat(place(worker, urgent))
        .contains(new QueuePlace(new LinePosition(1, 3), exactly(6), exactly(16)));
    assertThat(place(worker, first))
        .contains(new QueuePlace(new LinePosition(2, 3), exactly(16), exactly(26)));
    assertThat(place(worker, second))
        .contains(new QueuePlace(new LinePosition(3, 3), exactly(26), exactly(36)));
    assertThat(place(worker, later)).isEmpty();
  }

  @Test
  final void aClosedGateMakesItsLineStartLater() {
    Handoff worker = startWorker();
    run(worker, GATED, 20);
    startElsewhere(worker.submit(GATED, "x", BY_ASHA));
    TaskId waiting = worker.submit(GATED, "x", BY_ASHA);
    worker.gates().close("door", clock.instant().plusSeconds(60), "shut");

    assertThat(place(worker, waiting))
        .contains(new QueuePlace(new LinePosition(1, 1), exactly(60), exactly(70)));
  }

  @Test
  final void whereNothingRunsATaskHasAPositionAlone() {
    Handoff worker = startWorker();
    run(worker, WORK, 20);
    TaskId waiting = worker.submit(WORK, "x", BY_ASHA);

    assertThat(place(worker, waiting)).contains(new QueuePlace(new LinePosition(1, 1), null, null));
    worker.runDue();
    assertThat(place(worker, waiting)).isEmpty();
  }

  @Test
  final void nothingIsToldBefore20AttemptsAreKnown() {
    Handoff worker = startWorker();
    run(worker, WORK, 19);
    Submission later = BY_ASHA.startingAt(clock.instant().plus(EACH));
    TaskId task = worker.submit(WORK, "x", later);
    assertThat(place(worker, task)).isEmpty();
    run(worker, WORK, 1);

    // As of a second ago at most, in real time.
    await()
        .atMost(PATIENCE)
        .until(() -> {
          TaskId waiting = worker.submit(WORK, "x", BY_ASHA);
          return place(worker, waiting).isPresent();
        });
  }

  @Test
  final void nodesWithoutHandlersKnowWhatOthersHaveRun() {
    Handoff worker = startWorker();
    run(worker, WORK, 20);
    worker.runDue();
    Handoff api =
        engine.startByHand(
            HandoffConfig.defaults().withRole(Role.API), List.of(), engine.extensions());
    TaskId waiting = worker.submit(WORK, "x", BY_ASHA);

    assertThat(place(api, waiting).map(QueuePlace::position)).contains(new LinePosition(1, 1));
  }
}
