package dev.handoff.testing.simulation;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.Subscription;
import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import dev.handoff.TaskStatus;
import dev.handoff.TaskSummary;
import dev.handoff.TaskType;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.engine.EngineFixture;
import dev.handoff.testing.engine.OwnerSeen;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What happens to a task in the moment between its first reading for those who follow its owner
/// and their taking note of it.
final class OwnerRaceTest {
  private static final TaskType<String, String> WORK = EngineFixture.type("work", Policy.DEFAULTS);

  /// Far less than until the next look through all.
  private static final Duration SOON = Duration.ofSeconds(5);

  private final TestClock clock = TestClock.atNine();
  private final ModelTaskStore store = ModelTaskStore.open(new ModelDatabase(), clock);
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /// Cancels what it has just read as it was, the first time it reads anything.
  private TaskStore cancellingAfterReading() {
    return (TaskStore)
        Proxy.newProxyInstance(
            TaskStore.class.getClassLoader(),
            new Class<?>[] {TaskStore.class},
            (_, method, arguments) -> {
              Object answer = method.invoke(store, arguments);
              if (method.getName().equals("summaries")
                  && answer instanceof List<?> tasks
                  && !tasks.isEmpty()
                  && !cancelled.getAndSet(true)) {
                assertThat(store.cancel(((TaskSummary) tasks.getFirst()).id(), "no more")).isTrue();
              }
              return answer;
            });
  }

  @Test
  void aChangeInThatMomentIsToldSoon() {
    OwnerSeen seen = new OwnerSeen();
    try (EngineFixture engine = new EngineFixture(cancellingAfterReading())) {
      Handoff handoff =
          engine.start(HandoffConfig.defaults(), WORK, (name, _) -> Outcome.done(name));
      TaskOwner asha = new TaskOwner("asha", null);
      try (Subscription _ = handoff.followOwner(asha, Optional.empty(), seen)) {
        await().atMost(PATIENCE).until(() -> seen.upTo().isPresent());
        Instant end = clock.instant().plus(SOON);
        TaskId task = handoff.submit(WORK, "x", BY_ASHA.startingAt(end.plus(Duration.ofDays(1))));

        await()
            .atMost(PATIENCE)
            .until(() -> {
              if (cancelled.get() && clock.instant().isBefore(end)) {
                clock.advance(Duration.ofMillis(100));
              }
              return seen.status(task).equals(Optional.of(TaskStatus.CANCELLED));
            });
      }
    }
  }
}
