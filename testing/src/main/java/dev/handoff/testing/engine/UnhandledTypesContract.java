package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.EngineEvent;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.Role;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.WhenNoWorker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tasks of a type that no live node runs: extend it with a store that several nodes share.
public abstract class UnhandledTypesContract extends SteppedEngineContract {
  private static final HandoffConfig API = HandoffConfig.defaults().withRole(Role.API);
  private static final HandoffConfig WORKER = HandoffConfig.defaults().withRole(Role.WORKER);
  private static final TaskType<String, String> SMALL = type("a_b", Policy.DEFAULTS);
  private static final TaskType<String, String> OTHER = type("axb", Policy.DEFAULTS);

  private Handoff start(HandoffConfig config, TaskType<String, String> type) {
    return engine.start(config, type, (request, context) -> Outcome.done("done"));
  }

  private boolean lacksWorker(Handoff handoff, TaskId id) {
    return handoff.lacksWorker(engine.task(id));
  }

  @Test
  final void aTaskWithoutAnyWorkerLacksOne() {
    Handoff api = start(API, SMALL);
    TaskId due = api.submit(SMALL, "x", BY_ASHA);
    TaskId later =
        api.submit(SMALL, "x", BY_ASHA.startingAt(clock.instant().plus(Duration.ofHours(1))));

    assertThat(lacksWorker(api, due)).isTrue();
    assertThat(lacksWorker(api, later)).isFalse();
    assertThat(store.typeCoverage().unhandled()).containsExactly("a_b");
  }

  @Test
  final void aTaskWhoseTypeNoWorkerRunsLacksOneUntilThereIs() {
    start(WORKER, OTHER);
    Handoff api = start(API, SMALL);
    TaskId task = api.submit(SMALL, "x", BY_ASHA);
    assertThat(lacksWorker(api, task)).isTrue();

    start(WORKER, SMALL);

    engine.awaitEnd(task);
    assertThat(store.typeCoverage().unhandled()).isEmpty();
    assertThat(lacksWorker(api, task)).isFalse();
  }

  @Test
  final void aDelayedTaskLacksAWorkerOnceItIsDue() {
    Handoff api = start(API, SMALL);
    api.submit(SMALL, "x", BY_ASHA.startingAt(clock.instant().plus(Duration.ofMinutes(1))));
    assertThat(store.typeCoverage().unhandled()).isEmpty();

    clock.advance(Duration.ofMinutes(1));

    assertThat(store.typeCoverage().unhandled()).containsExactly("a_b");
  }

  @Test
  final void aWorkerThatLeavesIsMissed() {
    Handoff worker = start(WORKER, SMALL);
    worker.close();
    Handoff api = start(API, SMALL);

    assertThat(lacksWorker(api, api.submit(SMALL, "x", BY_ASHA))).isTrue();
  }

  @Test
  final void aWorkerThatHasNotCollectedItsHandlersCountsForAll() {
    Handoff api = start(API, SMALL);
    TaskId task = api.submit(SMALL, "x", BY_ASHA);

    try (Handoff opened = Handoff.open(store, List::of, WORKER, engine.extensions())) {
      assertThat(store.typeCoverage().unhandled()).isEmpty();

      opened.startClaiming();

      await().atMost(PATIENCE).until(() -> store.typeCoverage().unhandled().contains("a_b"));
      // What the node knows of the others may be two seconds old.
      await().atMost(PATIENCE).until(() -> lacksWorker(api, task));
    }
  }

  @Test
  final void aTaskThatTheCallerRunsLacksNoWorker() {
    TaskType<String, String> own =
        type("own", Policy.DEFAULTS.withWhenNoWorker(WhenNoWorker.RUN_IN_CALLER));
    Handoff api = start(API, own);
    TaskId task = api.submit(own, "x", BY_ASHA);

    assertThat(lacksWorker(api, task)).isFalse();
  }

  @Test
  final void theTypeIsReported() {
    Handoff api = start(API, SMALL);
    api.submit(SMALL, "x", BY_ASHA);

    await()
        .atMost(PATIENCE)
        .until(() -> {
          clock.advance(Duration.ofSeconds(15));
          return engine.reported().contains(new EngineEvent.TypeUnhandled("a_b"));
        });
  }
}
