package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Handoff;
import dev.handoff.KeyMismatchException;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.Priority;
import dev.handoff.Sharing;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskQuery;
import dev.handoff.TaskType;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Submits with a key of the caller's own: extend it with a store to run it there.
public abstract class OwnKeysContract extends SteppedEngineContract {
  private static final TaskType<String, String> WORK =
      type(
          "work",
          Policy.DEFAULTS
              .withRetention(Duration.ofHours(1))
              .withSharing(Sharing.joining().caching(Duration.ofHours(1), Sharing.Scope.OWNER)));
  private static final TaskType<String, String> OTHER = type("other", Policy.DEFAULTS);

  private Handoff start() {
    return engine.startByHand(
        List.of(
            WORK.handledBy((request, context) -> Outcome.done("done")),
            OTHER.handledBy((request, context) -> Outcome.done("done"))));
  }

  @Test
  final void aKeyGivesTheSameTaskAsLongAsItIsFound() {
    Handoff handoff = start();
    TaskId first = handoff.submitOnce("order-1", WORK, "x", BY_ASHA);

    assertThat(handoff.submitOnce("order-1", WORK, "x", BY_ASHA)).isEqualTo(first);
    assertThat(handoff.submitOnce("order-1", WORK, "x", BY_ASHA.withPriority(Priority.HIGH)))
        .isEqualTo(first);
    handoff.runDue();
    assertThat(engine.task(first).isTerminal()).isTrue();
    assertThat(handoff.submitOnce("order-1", WORK, "x", BY_ASHA)).isEqualTo(first);

    clock.advance(Duration.ofHours(2));
    TaskId later = handoff.submitOnce("order-1", WORK, "x", BY_ASHA);
    assertThat(later).isNotEqualTo(first);
    assertThat(handoff.submitOnce("order-1", WORK, "x", BY_ASHA)).isEqualTo(later);
  }

  @Test
  final void keysAreToldApartByOwnerAndTenant() {
    Handoff handoff = start();
    Set<TaskId> ids = new HashSet<>();
    for (Submission by :
        List.of(BY_ASHA, Submission.by("ben"), BY_ASHA.inTenant("a"), BY_ASHA.inTenant("b"))) {
      ids.add(handoff.submitOnce("order-1", WORK, "x", by));
    }
    ids.add(handoff.submitOnce("order-2", WORK, "x", BY_ASHA));

    assertThat(ids).hasSize(5);
  }

  @Test
  final void aTaskWithAKeyIsOneOfItsOwn() {
    Handoff handoff = start();
    TaskId shared = handoff.submit(WORK, "x", BY_ASHA);

    TaskId own = handoff.submitOnce("order-1", WORK, "x", BY_ASHA);

    assertThat(own).isNotEqualTo(shared);
    assertThat(handoff.submit(WORK, "x", BY_ASHA)).isEqualTo(shared);
    handoff.runDue();
    TaskId after = handoff.submitOnce("order-2", WORK, "x", BY_ASHA);
    assertThat(engine.task(after).isTerminal()).isFalse();
  }

  @Test
  final void aKeyOfAnotherRequestIsRefused() {
    Handoff handoff = start();
    TaskId first = handoff.submitOnce("order-1", WORK, "x", BY_ASHA);

    assertThatThrownBy(() -> handoff.submitOnce("order-1", WORK, "y", BY_ASHA))
        .isInstanceOfSatisfying(
            KeyMismatchException.class, thrown -> assertThat(thrown.task()).isEqualTo(first))
        .hasMessageContaining("order-1");
    assertThatThrownBy(() -> handoff.submitOnce("order-1", OTHER, "x", BY_ASHA))
        .isInstanceOf(KeyMismatchException.class);
    assertThatThrownBy(() -> handoff.submitOnce(" ", WORK, "x", BY_ASHA))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(handoff.list(TaskQuery.by("asha"), Optional.empty(), 10)).hasSize(1);
  }

  @Test
  final void anEqualRequestOfARaisedVersionIsTheSame() {
    TaskId first = start().submitOnce("order-1", WORK, "x", BY_ASHA);
    TaskType<String, String> raised =
        WORK.withRequestVersion(2).upcasting(1, String.class, text -> text);
    Handoff newer = engine.startByHand(raised, (request, context) -> Outcome.done("done"));

    assertThat(newer.submitOnce("order-1", raised, "x", BY_ASHA)).isEqualTo(first);
    assertThatThrownBy(() -> newer.submitOnce("order-1", raised, "y", BY_ASHA))
        .isInstanceOf(KeyMismatchException.class);
  }

  @Test
  final void ofManyAtOnceOneIsStored() throws Exception {
    List<Handoff> nodes = List.of(start(), start());
    List<Callable<TaskId>> submits =
        IntStream.range(0, 40)
            .<Callable<TaskId>>mapToObj(
                i -> () -> nodes.get(i % 2).submitOnce("order-" + i / 20, WORK, "x", BY_ASHA))
            .toList();
    Set<TaskId> ids = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<TaskId> submitted : threads.invokeAll(submits)) {
        ids.add(submitted.get());
      }
    }

    assertThat(ids).hasSize(2);
  }
}
