package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Progress;
import dev.handoff.Role;
import dev.handoff.Task;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

interface FencingContract extends StoreContract {
  // The node dies, its task is taken back and given to another one.
  private Claim takenOver(Claim from) {
    NodeId other = new NodeId("node-2");
    clock().advance(Duration.ofHours(2));
    store().join(new Node(other, Role.WORKER), clock().instant().plusSeconds(60));
    store().rescue(other, 10);
    return claimedBy(other, from.lease().task());
  }

  @Test
  default void letsALateWorkerWriteNothing() {
    Claim late = claimed(aTask());
    TaskId id = late.lease().task();
    Claim now = takenOver(late);
    Task before = task(id);

    assertThat(append(late, new ProgressReported(new Progress(90, "late", null)))).isFalse();
    assertThat(append(late, new ChunkEmitted("late"))).isFalse();
    assertThat(complete(late, "late")).isFalse();
    assertThat(store().saveStep(late.lease(), "step", new Payload("late"))).isFalse();
    assertThat(
            store()
                .append(
                    late.lease(),
                    List.of(new TaskCompleted(new Payload("late"))),
                    List.of(harness().note("late"))))
        .isFalse();

    assertThat(task(id)).isEqualTo(before);
    assertThat(store().step(id, "step")).isEmpty();
    assertThat(harness().notes()).isEmpty();
    assertThat(complete(now, "in time")).isTrue();
    assertThat(task(id).result()).contains(new Payload("in time"));
  }

  @Test
  default void tellsAttemptsOnTheSameNodeApart() {
    Claim first = claimed(aTask());
    append(first, new AttemptSnoozed(clock().instant(), "again"));
    Claim second = claimed(first.lease().task());

    assertThat(complete(first, "late")).isFalse();
    assertThat(complete(second, "in time")).isTrue();
  }

  /// An older copy of the data, such as a promoted standby, does not know the claim and claims
  /// anew.
  @Test
  default void refusesALeaseThatTheDataDoesNotKnowAnyMore() {
    TaskId id = submitted(aTask());
    harness().saveCopy();
    Claim lost = claimed(id);
    append(lost, new ChunkEmitted("lost"));
    harness().restoreCopy();

    Claim now = claimed(id);
    Task before = task(id);

    assertThat(now.lease()).isNotEqualTo(lost.lease());
    assertThat(append(lost, new ChunkEmitted("lost again"))).isFalse();
    assertThat(store().saveStep(lost.lease(), "step", new Payload("lost"))).isFalse();
    assertThat(
            store()
                .append(
                    lost.lease(),
                    List.of(new TaskCompleted(new Payload("lost"))),
                    List.of(harness().note("lost"))))
        .isFalse();
    assertThat(task(id)).isEqualTo(before);
    assertThat(harness().notes()).isEmpty();
    assertThat(complete(now, "found")).isTrue();
    assertThat(task(id).result()).contains(new Payload("found"));
  }

  @Test
  default void refusesALeaseOfALostRetry() {
    Claim first = claimed(aTask());
    append(first, new AttemptSnoozed(clock().instant(), "again"));
    TaskId id = first.lease().task();
    harness().saveCopy();
    Claim lost = claimed(id);
    append(lost, new AttemptSnoozed(clock().instant(), "again"));
    Claim lostToo = claimed(id);
    harness().restoreCopy();

    Claim second = claimed(id);
    append(second, new AttemptSnoozed(clock().instant(), "again"));
    Claim now = claimed(id);

    assertThat(List.of(first, lost, lostToo, second, now))
        .extracting(claim -> claim.lease().fence())
        .doesNotHaveDuplicates();
    assertThat(now.lease().fence()).isGreaterThan(second.lease().fence());
    assertThat(second.lease().fence()).isGreaterThan(first.lease().fence());
    assertThat(complete(lostToo, "lost")).isFalse();
    assertThat(complete(now, "found")).isTrue();
  }

  @Test
  default void refusesALeaseOfAnotherNode() {
    Claim claim = claimed(aTask());
    Lease forged = new Lease(claim.lease().task(), new NodeId("node-2"), claim.lease().fence());

    assertThat(store().append(forged, List.of(new ChunkEmitted("forged")), List.of())).isFalse();
    assertThat(store().saveStep(forged, "step", new Payload("forged"))).isFalse();
    assertThat(events(claim.lease().task())).hasSize(2);
  }

  @Test
  default void refusesALeaseThatWasNeverGiven() {
    TaskId waiting = submitted(aTask());

    assertThat(store().append(new Lease(waiting, NODE, 0), List.of(), List.of())).isFalse();
    assertThat(store().append(new Lease(waiting, NODE, 1), List.of(), List.of())).isFalse();
  }
}
