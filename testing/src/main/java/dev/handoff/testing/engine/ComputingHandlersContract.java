package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.LeaseTerms;
import dev.handoff.Limits;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.RetryPolicy;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.store.TaskStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A node keeps its lease, its limits and its reports while handlers compute on every carrier of
/// virtual threads: extend it with a store to run it there.
public abstract class ComputingHandlersContract {
  private static final Duration HARD = Duration.ofSeconds(2);
  private static final LeaseTerms LEASE =
      new LeaseTerms(Duration.ofSeconds(10), Duration.ofMillis(200));

  /// A fresh, empty store that tells this time.
  protected abstract TaskStore open(TimeSource clock) throws Exception;

  @Test
  final void theEngineGoesOnWhileHandlersCompute() throws Exception {
    int carriers = Runtime.getRuntime().availableProcessors();
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger spinning = new AtomicInteger();
    TaskType<String, String> spins =
        type(
            "spins",
            Policy.DEFAULTS
                .withLimits(Limits.hard(HARD))
                .withRetry(RetryPolicy.DEFAULTS.on(Set.of())));
    try (TaskStore store = open(TimeSource.system())) {
      FailingStore counted = new FailingStore(store);
      EngineFixture engine = new EngineFixture(counted.store());
      try {
        Handoff handoff =
            engine.start(
                HandoffConfig.defaults().withLease(LEASE),
                spins,
                (ignored, context) -> {
                  context.emit("first");
                  context.emit("second");
                  spinning.incrementAndGet();
                  while (!enough.get()) {
                    Thread.onSpinWait();
                  }
                  return Outcome.done("spun");
                });
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i <= carriers; i++) {
          ids.add(handoff.submit(spins, "x" + i, BY_ASHA));
        }
        await().atMost(PATIENCE).until(() -> spinning.get() >= carriers);
        int renewed = counted.calls("renew");
        List<TaskId> begun =
            ids.stream().filter(id -> engine.task(id).state() instanceof Processing).toList();

        await().atMost(PATIENCE).until(() -> counted.calls("renew") >= renewed + 5);
        await()
            .atMost(PATIENCE)
            .until(() -> begun.stream().allMatch(id -> engine.task(id).isTerminal()));

        assertThat(enough).as("all of that while they computed").isFalse();
        assertThat(spinning.get()).isEqualTo(carriers);
        assertThat(begun.stream().flatMap(id -> engine.log(id).stream()))
            .as("what those that got a carrier had said")
            .filteredOn(ChunkEmitted.class::isInstance)
            .hasSize(2 * carriers);
        assertThat(handoff.status().running()).isTrue();
      } finally {
        enough.set(true);
        engine.close();
      }
    }
  }
}
