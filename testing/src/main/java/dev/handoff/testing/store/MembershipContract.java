package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.FailureKind;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Role;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Failed;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskState.Waiting;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface MembershipContract extends StoreContract {
  private NodeId joined(String name, Role role, Duration lease) {
    NodeId node = new NodeId(name);
    store().join(new Node(node, role), clock().instant().plus(lease));
    return node;
  }

  @Test
  default void takesTheTasksOfADeadNodeBack() {
    RecordedEvents recorded = new RecordedEvents();
    NodeId mortal = joined("mortal", Role.WORKER, Duration.ofSeconds(10));
    TaskId held = submitted(aTask());
    claimedBy(mortal, held);
    TaskId other = claimed(aTask()).lease().task();
    clock().advance(Duration.ofMillis(9_999));
    assertThat(store().rescue(NODE, 10)).isEqualTo(new RescueResult(0, 0));
    store().listen(recorded);

    Instant now = clock().advance(Duration.ofMillis(1));

    assertThat(store().rescue(NODE, 10)).isEqualTo(new RescueResult(1, 0));
    assertThat(task(held).state()).isEqualTo(new Queued(now, new Waiting.Rescued()));
    assertThat(events(held).getLast()).isEqualTo(new LoggedEvent(3, now, new TaskRescued(1, now)));
    assertThat(task(other).state()).isInstanceOf(Processing.class);
    recorded.awaitWorkAfter(0);
    assertThat(claimed(held).attempt()).isEqualTo(2);
    assertThat(store().rescue(NODE, 10)).isEqualTo(new RescueResult(0, 0));
  }

  @Test
  default void tellsADeadNodeThatItWasForgotten() {
    NodeId mortal = joined("mortal", Role.WORKER, Duration.ofSeconds(10));
    Instant later = clock().advance(Duration.ofSeconds(11)).plusSeconds(60);
    store().rescue(NODE, 10);

    assertThat(store().renew(mortal, later)).isFalse();
    assertThat(store().renew(new NodeId("never-seen"), later)).isFalse();
    assertThat(store().renew(NODE, later)).isTrue();
  }

  @Test
  default void letsANodeLiveThatRenews() {
    NodeId node = joined("node-2", Role.WORKER, Duration.ofSeconds(10));
    TaskId held = submitted(aTask());
    claimedBy(node, held);
    clock().advance(Duration.ofSeconds(9));
    assertThat(store().renew(node, clock().instant().plusSeconds(10))).isTrue();
    clock().advance(Duration.ofSeconds(9));

    assertThat(store().rescue(NODE, 10)).isEqualTo(new RescueResult(0, 0));
    assertThat(task(held).state()).isInstanceOf(Processing.class);
  }

  @Test
  default void givesLeasesOfALengthByItsOwnClock() {
    NodeId node = new NodeId("node-2");
    store().join(new Node(node, Role.WORKER), Duration.ofSeconds(10));
    TaskId held = submitted(aTask());
    claimedBy(node, held);
    clock().advance(Duration.ofMillis(9_999));
    assertThat(store().rescue(NODE, 10)).isEqualTo(new RescueResult(0, 0));
    assertThat(store().renew(node, Duration.ofSeconds(20))).isTrue();
    clock().advance(Duration.ofMillis(19_999));
    assertThat(store().rescue(NODE, 10)).isEqualTo(new RescueResult(0, 0));

    clock().advance(Duration.ofMillis(1));

    assertThat(store().rescue(NODE, 10)).isEqualTo(new RescueResult(1, 0));
    assertThat(store().renew(node, Duration.ofSeconds(20))).isFalse();
  }

  @Test
  default void concludesNothingFromALapsedLeaseWhereItShallNot() {
    NodeId late = joined("late", Role.WORKER, Duration.ofSeconds(10));
    TaskId held = submitted(aTask());
    claimedBy(late, held);
    clock().advance(Duration.ofSeconds(60));

    assertThat(store().rescueFromKnownDead(NODE, 10)).isEqualTo(new RescueResult(0, 0));

    assertThat(task(held).state()).isInstanceOf(Processing.class);
    assertThat(store().renew(late, Duration.ofSeconds(10))).isTrue();
  }

  @Test
  default void doesNotTakeTheNodeForDeadThatAsks() {
    NodeId sleeper = joined("sleeper", Role.WORKER, Duration.ofSeconds(10));
    TaskId held = submitted(aTask());
    claimedBy(sleeper, held);
    clock().advance(Duration.ofSeconds(10));

    assertThat(store().rescue(sleeper, 10)).isEqualTo(new RescueResult(0, 0));

    assertThat(task(held).state()).isInstanceOf(Processing.class);
    assertThat(store().rescue(NODE, 10)).isEqualTo(new RescueResult(1, 0));
    assertThat(store().renew(sleeper, clock().instant().plusSeconds(10))).isFalse();
  }

  @Test
  default void giveATaskUpThatHasNoAttemptLeft() {
    NodeId mortal = joined("mortal", Role.WORKER, Duration.ofSeconds(10));
    TaskId poison = submitted(aTask().withAttempts(1));
    TaskId healthy = submitted(aTask().withAttempts(2));
    claimedBy(mortal, poison);
    claimedBy(mortal, healthy);
    clock().advance(Duration.ofSeconds(10));

    assertThat(store().rescue(NODE, 10)).isEqualTo(new RescueResult(1, 1));

    assertThat(task(poison).state())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.LOST));
    assertThat(task(poison).timeline().expiresAt()).isNotNull();
    assertThat(task(healthy).state()).isInstanceOf(Queued.class);
  }

  @Test
  default void takesBackALittleAtATime() {
    NodeId mortal = joined("mortal", Role.WORKER, Duration.ofSeconds(10));
    IntStream.range(0, 5).forEach(ignored -> submitted(aTask()));
    store().claim(new ClaimRequest(mortal, List.of(new Room("chat", 5)), 5));
    clock().advance(Duration.ofSeconds(10));

    assertThat(store().rescue(NODE, 3)).isEqualTo(new RescueResult(3, 0));
    assertThat(store().rescue(NODE, 3)).isEqualTo(new RescueResult(2, 0));
    assertThat(store().rescue(NODE, 3)).isEqualTo(new RescueResult(0, 0));
  }

  @Test
  default void handsTasksOverWithoutCost() {
    NodeId leaving = joined("leaving", Role.WORKER, Duration.ofSeconds(10));
    TaskId id = submitted(aTask().withAttempts(1));
    Claim given = claimedBy(leaving, id);
    TaskId kept = claimed(aTask()).lease().task();

    store().leave(leaving);

    assertThat(task(id).state())
        .isInstanceOfSatisfying(
            Queued.class,
            queued -> {
              assertThat(queued.dueAt()).isEqualTo(clock().instant());
              assertThat(queued.waiting()).isInstanceOf(Waiting.Snoozed.class);
            });
    assertThat(task(kept).state()).isInstanceOf(Processing.class);
    assertThat(complete(given, "late")).isFalse();
    assertThat(claimed(id).attempt()).isEqualTo(1);
    assertThat(store().renew(leaving, clock().instant().plusSeconds(10))).isFalse();
    store().leave(new NodeId("never-seen"));
  }

  @Test
  default void knowsWhetherAnybodyWorks() {
    store().leave(NODE);
    assertThat(store().hasWorkers()).isFalse();

    NodeId front = joined("front", Role.API, Duration.ofSeconds(60));
    assertThat(store().hasWorkers()).isFalse();

    joined("back", Role.WORKER, Duration.ofSeconds(10));
    assertThat(store().hasWorkers()).isTrue();
    clock().advance(Duration.ofSeconds(10));
    assertThat(store().hasWorkers()).isFalse();

    store().join(new Node(front, Role.ALL), clock().instant().plusSeconds(10));
    assertThat(store().hasWorkers()).isTrue();
  }

  @Test
  default void letsAForgottenNodeJoinAnew() {
    NodeId node = joined("node-2", Role.WORKER, Duration.ofSeconds(10));
    TaskId id = submitted(aTask());
    Claim before = claimedBy(node, id);
    clock().advance(Duration.ofSeconds(10));
    store().rescue(NODE, 10);

    store().join(new Node(node, Role.WORKER), clock().instant().plusSeconds(10));

    Claim after = claimedBy(node, id);
    assertThat(complete(before, "late")).isFalse();
    assertThat(complete(after, "in time")).isTrue();
  }
}
