package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.Payload;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.StateCount;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface RetentionContract extends StoreContract {
  Duration AN_HOUR = Duration.ofHours(1);

  @Test
  default void answersAnExpiredTaskLikeAnUnknownOne() {
    Claim claim = claimed(aTask().keptFor(AN_HOUR));
    TaskId id = claim.lease().task();
    store().saveStep(claim.lease(), "outline", new Payload("first"));
    complete(claim, "done");
    clock().advance(AN_HOUR.minusMillis(1));
    assertThat(store().find(id)).isPresent();
    assertThat(store().step(id, "outline")).isPresent();

    clock().advance(Duration.ofMillis(1));

    assertThat(store().find(id)).isEmpty();
    assertThat(store().request(id)).isEmpty();
    assertThat(store().events(id, 0, 100)).isEmpty();
    assertThat(store().step(id, "outline")).isEmpty();
    assertThat(store().cancel(id, "late")).isFalse();
    assertThat(store().claim(id, NODE)).isEmpty();
    assertThat(store().counts()).isEmpty();
  }

  @Test
  default void forgetsAtOnceWhatIsNotKept() {
    Claim claim = claimed(aTask().keptFor(Duration.ZERO));

    assertThat(complete(claim, "done")).isTrue();

    assertThat(store().find(claim.lease().task())).isEmpty();
  }

  @Test
  default void keepsForeverWhatIsKeptVeryLong() {
    Claim claim = claimed(aTask().keptFor(Duration.ofSeconds(Long.MAX_VALUE)));

    assertThat(complete(claim, "done")).isTrue();
    clock().advance(Duration.ofDays(36_500));

    assertThat(store().find(claim.lease().task())).isPresent();
  }

  @Test
  default void deletesALittleAtATime() {
    IntStream.range(0, 7).forEach(ignored -> complete(claimed(aTask().keptFor(AN_HOUR)), "done"));
    TaskId kept = claimed(aTask()).lease().task();
    TaskId open = submitted(aTask().keptFor(AN_HOUR));
    assertThat(store().purge(5)).isZero();

    clock().advance(AN_HOUR);

    assertThat(store().purge(5)).isEqualTo(5);
    assertThat(store().purge(5)).isEqualTo(2);
    assertThat(store().purge(5)).isZero();
    assertThat(store().find(kept)).isPresent();
    assertThat(store().find(open)).isPresent();
  }

  @Test
  default void deletesATaskWithALongLog() {
    Claim claim = claimed(aTask().keptFor(AN_HOUR));
    List<TaskEvent> chunks = Collections.nCopies(1_000, new ChunkEmitted("token"));
    for (int i = 0; i < 6; i++) {
      store().append(claim.lease(), chunks, List.of());
    }
    complete(claim, "done");
    complete(claimed(aTask().keptFor(AN_HOUR)), "done");
    clock().advance(AN_HOUR);

    assertThat(store().purge(10)).isEqualTo(2);
    assertThat(store().purge(10)).isZero();
  }

  @Test
  default void countsTasksByTypeAndState() {
    IntStream.range(0, 3).forEach(ignored -> submitted(aTask()));
    submitted(aTask().startingAt(clock().instant().plusSeconds(60)));
    submitted(aTask().ofType("video"));
    claimed(aTask());
    complete(claimed(aTask()), "done");
    complete(claimed(aTask().keptFor(Duration.ZERO)), "done");
    append(claimed(aTask()), new TaskFailed(new Failure(FailureKind.ERROR, "no luck")));
    store().cancel(submitted(aTask().ofType("video")), "not needed");

    assertThat(store().counts())
        .containsExactlyInAnyOrder(
            new StateCount("chat", "queued", 4),
            new StateCount("chat", "processing", 1),
            new StateCount("chat", "completed", 1),
            new StateCount("chat", "failed", 1),
            new StateCount("video", "queued", 1),
            new StateCount("video", "cancelled", 1));
  }
}
