package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.NodeId;
import dev.handoff.Priority;
import dev.handoff.Role;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface ClaimOrderContract extends StoreContract {
  /// A delayed task that is claimed by its id as soon as it is due, before any claim promoted it.
  private Claim claimedBeforeItsTurn(NodeId node, TaskDraft draft) {
    Instant due = clock().instant().plusSeconds(60);
    TaskId task = submitted(draft.startingAt(due));
    clock().set(due);
    return claimedBy(node, task);
  }

  private void isClaimedAgain(Claim claim) {
    TaskId task = claim.lease().task();
    // Many others wait, and it was there before them.
    IntStream.range(0, 20).forEach(ignored -> submitted(aTask().inTenant("large")));

    assertThat(store().nextDue(List.of("chat")).orElseThrow()).isBeforeOrEqualTo(clock().instant());
    assertThat(claimedChats(1)).extracting(each -> each.lease().task()).containsExactly(task);
  }

  @Test
  default void claimsAgainWhatWasSnoozedBeforeItsTurn() {
    Claim claim = claimedBeforeItsTurn(NODE, aTask().inTenant("school"));

    assertThat(append(claim, new AttemptSnoozed(clock().instant(), "later"))).isTrue();

    isClaimedAgain(claim);
  }

  @Test
  default void claimsAgainWhatFailedBeforeItsTurn() {
    Claim claim = claimedBeforeItsTurn(NODE, aTask());
    Failure failure = new Failure(FailureKind.TIMEOUT, "too slow");

    assertThat(append(claim, new AttemptFailed(1, failure, clock().instant()))).isTrue();

    isClaimedAgain(claim);
  }

  @Test
  default void claimsAgainWhatWasRetriedByHandBeforeItsTurn() {
    Claim claim = claimedBeforeItsTurn(NODE, aTask());
    assertThat(append(claim, new TaskFailed(new Failure(FailureKind.REFUSED, "no")))).isTrue();

    assertThat(store().retry(claim.lease().task())).isTrue();

    isClaimedAgain(claim);
  }

  @Test
  default void claimsAgainWhatALeavingNodeHeldBeforeItsTurn() {
    NodeId other = new NodeId("node-2");
    store().join(new Node(other, Role.WORKER), clock().instant().plusSeconds(90));
    Claim claim = claimedBeforeItsTurn(other, aTask().withPriority(Priority.HIGH));

    store().leave(other);

    isClaimedAgain(claim);
  }

  @Test
  default void claimsAgainWhatADeadNodeHeldBeforeItsTurn() {
    NodeId other = new NodeId("node-2");
    store().join(new Node(other, Role.WORKER), clock().instant().plusSeconds(90));
    Claim claim = claimedBeforeItsTurn(other, aTask());

    clock().advance(Duration.ofSeconds(31));
    assertThat(store().rescue(NODE, 10).requeued()).isEqualTo(1);

    isClaimedAgain(claim);
  }

  @Test
  default void claimsAgainWhatWasDelayedOnceMore() {
    Claim claim = claimedBeforeItsTurn(NODE, aTask());
    Instant later = clock().instant().plusSeconds(10);
    assertThat(append(claim, new AttemptSnoozed(later, "later"))).isTrue();
    clock().set(later);

    isClaimedAgain(claim);
  }

  /// What is given so many places while high tasks of this type always wait, and the others have
  /// waited for a while.
  private List<Claim> whileHighOnesLast(String type, int places, int atMost) {
    List<Room> rooms = List.of(new Room("video", atMost), new Room("chat", atMost));
    clock().advance(Duration.ofSeconds(6));
    List<Claim> all = new ArrayList<>();
    TaskDraft high = aTask().ofType(type).withPriority(Priority.HIGH);
    while (all.size() < places) {
      IntStream.range(0, 2 * atMost).forEach(n -> submitted(high.inTenant("tenant-" + n % 3)));
      clock().advance(Duration.ofMillis(100));
      List<Claim> claims = store().claim(new ClaimRequest(NODE, rooms, atMost));
      assertThat(claims).hasSize(atMost);
      all.addAll(claims);
    }
    return all;
  }

  private static List<Claim> of(Priority priority, List<Claim> claims) {
    return claims.stream().filter(each -> each.submission().priority() == priority).toList();
  }

  @Test
  default void startsLowOnesWhileHighOnesLast() {
    IntStream.range(0, 50).forEach(ignored -> submitted(aTask().withPriority(Priority.LOW)));
    IntStream.range(0, 50).forEach(ignored -> submitted(aTask().inTenant("school")));

    List<Claim> claims = whileHighOnesLast("chat", 100, 1);

    assertThat(of(Priority.HIGH, claims)).hasSize(90);
    assertThat(of(Priority.NORMAL, claims)).hasSize(5);
    assertThat(of(Priority.LOW, claims)).hasSize(5);
  }

  @Test
  default void startsLowOnesOfAnotherTypeWhileHighOnesLast() {
    IntStream.range(0, 50).forEach(ignored -> submitted(aTask().withPriority(Priority.LOW)));

    List<Claim> claims = whileHighOnesLast("video", 100, 4);

    assertThat(of(Priority.LOW, claims)).hasSize(10);
  }

  @Test
  default void startsLowOnesInLargeClaims() {
    IntStream.range(0, 50).forEach(ignored -> submitted(aTask().withPriority(Priority.LOW)));

    List<Claim> claims = whileHighOnesLast("chat", 100, 50);

    assertThat(of(Priority.LOW, claims)).hasSize(10);
  }

  @Test
  default void startsLowOnesOfEachTypeWhereHighOnesLast() {
    TaskDraft low = aTask().withPriority(Priority.LOW);
    IntStream.range(0, 50).forEach(ignored -> submitted(low));
    IntStream.range(0, 50).forEach(ignored -> submitted(low.ofType("video")));
    clock().advance(Duration.ofSeconds(6));
    TaskDraft high = aTask().withPriority(Priority.HIGH);
    List<Room> rooms = List.of(new Room("video", 2), new Room("chat", 3));
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      IntStream.range(0, 5).forEach(ignored -> submitted(high));
      IntStream.range(0, 5).forEach(ignored -> submitted(high.ofType("video")));
      claims.addAll(store().claim(new ClaimRequest(NODE, rooms, 50)));
    }

    List<Claim> lowOnes = of(Priority.LOW, claims);
    assertThat(claims).hasSize(100);
    assertThat(lowOnes).filteredOn(each -> each.type().equals("video")).hasSize(4);
    assertThat(lowOnes).filteredOn(each -> each.type().equals("chat")).hasSize(6);
  }

  @Test
  default void startsNoLowOneThatCameJustNow() {
    IntStream.range(0, 50).forEach(ignored -> submitted(aTask().withPriority(Priority.HIGH)));
    IntStream.range(0, 50).forEach(ignored -> submitted(aTask().withPriority(Priority.LOW)));

    assertThat(of(Priority.HIGH, claimedChats(50))).hasSize(50);
  }

  @Test
  default void givesAllPlacesToHighOnesWhileNothingElseWaits() {
    assertThat(of(Priority.HIGH, whileHighOnesLast("chat", 100, 20))).hasSize(100);
  }
}
