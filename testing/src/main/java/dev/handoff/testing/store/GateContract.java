package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.GateLimits;
import dev.handoff.Gates;
import dev.handoff.Gates.Hold;
import dev.handoff.NodeId;
import dev.handoff.Priority;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskId;
import dev.handoff.TaskState;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface GateContract extends StoreContract {
  String GATE = "provider:openai";

  private Gates gates() {
    return store().gates();
  }

  private static TaskDraft through(String... gates) {
    return aTask().with(Submission.by("asha@demo.test").through(List.of(gates)));
  }

  private List<TaskId> submittedThrough(int tasks, String... gates) {
    return IntStream.range(0, tasks).mapToObj(ignored -> submitted(through(gates))).toList();
  }

  private static List<TaskId> ids(List<Claim> claims) {
    return claims.stream().map(claim -> claim.lease().task()).toList();
  }

  /// Claims until nothing more can start, as a dispatcher does.
  private List<Claim> allClaimed(int atMost) {
    List<Claim> all = new ArrayList<>();
    List<Claim> more;
    do {
      more = claimedChats(atMost);
      all.addAll(more);
    } while (!more.isEmpty() && all.size() < atMost);
    return all;
  }

  @Test
  default void claimsTasksOfAGateWithoutLimits() {
    List<TaskId> tasks = submittedThrough(3, GATE);

    assertThat(ids(allClaimed(10))).containsExactlyElementsOf(tasks);
    assertThat(task(tasks.getFirst()).submission().gates()).containsExactly(GATE);
  }

  @Test
  default void startsNoMoreThanAGateHasPlaces() {
    gates().set(GATE, GateLimits.concurrency(2));
    List<TaskId> tasks = submittedThrough(5, GATE);

    List<Claim> first = allClaimed(10);
    assertThat(ids(first)).containsExactlyElementsOf(tasks.subList(0, 2));
    assertThat(task(tasks.get(2)).state()).isInstanceOf(TaskState.Queued.class);
    assertThat(gates().find(GATE).orElseThrow().running()).isEqualTo(2);

    complete(first.getFirst(), "\"done\"");
    assertThat(ids(allClaimed(10))).containsExactly(tasks.get(2));
  }

  @Test
  default void givesAPlaceBackHoweverAnAttemptEnds() {
    gates().set(GATE, GateLimits.concurrency(1));
    List<TaskId> tasks = submittedThrough(6, GATE);
    Instant later = clock().instant().plusSeconds(3600);
    Failure failure = new Failure(FailureKind.UNAVAILABLE, "away");

    List<TaskEvent> ends =
        List.of(
            new TaskEvent.TaskFailed(failure),
            new AttemptFailed(1, failure, later),
            new AttemptSnoozed(later, "not yet"));
    for (int i = 0; i < ends.size(); i++) {
      Claim claim = allClaimed(5).getFirst();
      assertThat(claim.lease().task()).isEqualTo(tasks.get(i));
      assertThat(append(claim, ends.get(i))).isTrue();
    }
    assertThat(ids(allClaimed(5))).containsExactly(tasks.get(3));
    assertThat(store().cancel(tasks.get(3), "no more")).isTrue();
    assertThat(ids(allClaimed(5))).containsExactly(tasks.get(4));
    store().leave(NODE);
    store().join(new Node(NODE, Role.ALL), clock().instant().plus(Duration.ofHours(1)));
    assertThat(ids(allClaimed(5))).containsExactly(tasks.get(4));
  }

  @Test
  default void givesThePlacesOfADeadNodeBackWithTheRescue() {
    gates().set(GATE, GateLimits.concurrency(1));
    NodeId other = new NodeId("node-2");
    store().join(new Node(other, Role.ALL), clock().instant().plus(Duration.ofHours(2)));
    List<TaskId> tasks = submittedThrough(2, GATE);
    assertThat(ids(allClaimed(5))).containsExactly(tasks.getFirst());
    ClaimRequest request = new ClaimRequest(other, List.of(new Room("chat", 5)), 5);

    clock().advance(Duration.ofMinutes(61));
    assertThat(store().claim(request)).isEmpty();
    assertThat(store().rescue(other, 10).requeued()).isEqualTo(1);

    assertThat(ids(store().claim(request))).containsExactly(tasks.getFirst());
    assertThat(store().claim(request)).isEmpty();
  }

  @Test
  default void lateWorkersDoNotGiveAPlaceBackTwice() {
    gates().set(GATE, GateLimits.concurrency(1));
    submittedThrough(3, GATE);
    Claim first = allClaimed(5).getFirst();
    complete(first, "\"done\"");
    allClaimed(5);

    assertThat(complete(first, "\"again\"")).isFalse();

    assertThat(allClaimed(5)).isEmpty();
  }

  @Test
  default void keepsThePlacesOverARestart() {
    gates().set(GATE, GateLimits.concurrency(1));
    submittedThrough(3, GATE);
    submitted(through("other"));
    gates().close("other", clock().instant().plusSeconds(60), "busy");
    assertThat(allClaimed(5)).hasSize(1);

    reopen();

    assertThat(gates().find(GATE).orElseThrow().limits()).isEqualTo(GateLimits.concurrency(1));
    if (!harness().endsNodesWhenOpened()) {
      assertThat(allClaimed(5)).isEmpty();
    }
    gates().open("other");
    store().rescue(new NodeId("other"), 10);
    assertThat(allClaimed(5)).isNotEmpty();
  }

  @Test
  default void startsNothingWhileAGateIsClosed() {
    Instant until = clock().instant().plusSeconds(3);
    gates().close(GATE, until, "the provider asks to wait");
    TaskId waiting = submitted(through(GATE));
    TaskId other = submitted(through("provider:ollama"));

    assertThat(ids(allClaimed(5))).containsExactly(other);
    assertThat(gates().find(GATE).orElseThrow().closing())
        .isEqualTo(new Gates.Closing(until, "the provider asks to wait"));

    clock().set(until.minusMillis(1));
    assertThat(allClaimed(5)).isEmpty();
    clock().set(until);
    assertThat(ids(allClaimed(5))).containsExactly(waiting);
    assertThat(gates().find(GATE).orElseThrow().closing()).isNull();
  }

  @Test
  default void anOperatorOpensAClosedGate() {
    gates().close(GATE, clock().instant().plusSeconds(3600), "maintenance");
    TaskId waiting = submitted(through(GATE));
    assertThat(allClaimed(5)).isEmpty();

    assertThat(gates().open(GATE)).isTrue();

    assertThat(ids(allClaimed(5))).containsExactly(waiting);
    assertThat(gates().open(GATE)).isFalse();
  }

  @Test
  default void aHandlerClosesAGateForNoLessThanBefore() {
    Instant now = clock().instant();
    store().gates().gate(GATE).closeUntil(now.plusSeconds(10), "busy");
    store().gates().gate(GATE).closeUntil(now.plusSeconds(5), "still busy");

    assertThat(gates().find(GATE).orElseThrow().closing())
        .isEqualTo(new Gates.Closing(now.plusSeconds(10), "busy"));
    store().gates().gate(GATE).closeUntil(Instant.MAX, "for ever");
    assertThat(gates().find(GATE).orElseThrow().closing())
        .isEqualTo(new Gates.Closing(now.plus(Gates.LONGEST_CLOSING), "for ever"));
  }

  @Test
  default void goesOnWithOtherWorkHoweverManyWaitBehindAGate() {
    gates().set(GATE, GateLimits.concurrency(1));
    submittedThrough(50, GATE);
    List<TaskId> plain = List.of(submitted(aTask()), submitted(aTask()));
    TaskId other = submitted(through("provider:ollama"));

    List<TaskId> claimed = ids(allClaimed(10));

    assertThat(claimed).hasSize(4).containsAll(plain).contains(other);
  }

  @Test
  default void aTaskWaitsForEachOfItsGates() {
    gates().set(GATE, GateLimits.concurrency(2));
    gates().set("customer:7", GateLimits.concurrency(1));
    List<TaskId> both = submittedThrough(2, GATE, "customer:7");
    List<TaskId> one = submittedThrough(2, GATE);

    List<Claim> claims = allClaimed(10);

    assertThat(ids(claims)).containsExactlyInAnyOrder(both.getFirst(), one.getFirst());
    complete(claims.get(ids(claims).indexOf(one.getFirst())), "\"done\"");
    assertThat(ids(allClaimed(10))).containsExactly(one.get(1));
  }

  @Test
  default void typesShareTheirGate() {
    gates().set(GATE, GateLimits.concurrency(3));
    submittedThrough(5, GATE);
    IntStream.range(0, 5).forEach(ignored -> submitted(through(GATE).ofType("video")));
    List<Room> rooms = List.of(new Room("chat", 10), new Room("video", 10));

    assertThat(store().claim(new ClaimRequest(NODE, rooms, 10))).hasSize(3);
    assertThat(store().claim(new ClaimRequest(NODE, rooms, 10))).isEmpty();
  }

  @Test
  default void aClaimOfOneTaskPassesItsGates() {
    gates().set(GATE, GateLimits.concurrency(1));
    List<TaskId> tasks = submittedThrough(2, GATE);

    assertThat(store().claim(tasks.getFirst(), NODE)).isPresent();
    assertThat(store().claim(tasks.get(1), NODE)).isEmpty();
    assertThat(allClaimed(5)).isEmpty();
  }

  @Test
  default void aFamilySetsTheLimitsOfItsGates() {
    gates().set("tenant:*", GateLimits.concurrency(1));
    gates().set("tenant:large", GateLimits.concurrency(3));
    submittedThrough(5, "tenant:large");
    submittedThrough(5, "tenant:a");
    submittedThrough(5, "tenant:b");

    List<Claim> claims = allClaimed(20);

    assertThat(claims)
        .extracting(claim -> claim.submission().gates().getFirst())
        .containsExactlyInAnyOrder(
            "tenant:large", "tenant:large", "tenant:large", "tenant:a", "tenant:b");
    assertThat(gates().remove("tenant:large")).isTrue();
    complete(claims.getFirst(), "\"done\"");
    assertThat(gates().list("", 10)).extracting(Gates.GateState::name).containsExactly("tenant:*");
  }

  @Test
  default void tellsWhichGateHoldsATaskUpAndUntilWhen() {
    Instant now = clock().instant();
    List<String> both = List.of("customer:7", GATE);
    assertThat(gates().holding(both)).isEmpty();
    assertThat(gates().holding(List.of())).isEmpty();

    gates().set("customer:*", GateLimits.concurrency(1));
    submittedThrough(2, "customer:7");
    Claim claim = allClaimed(5).getFirst();
    assertThat(gates().holding(both)).contains(new Hold("customer:7", null));
    assertThat(gates().holding(List.of(GATE))).isEmpty();

    gates().set(GATE, GateLimits.NONE.starts(2, Duration.ofSeconds(30)));
    submittedThrough(2, GATE);
    assertThat(allClaimed(5)).hasSize(2);
    assertThat(gates().holding(both)).contains(new Hold(GATE, now.plusSeconds(15)));
    gates().close(GATE, now.plusSeconds(40), "busy");
    assertThat(gates().holding(both)).contains(new Hold(GATE, now.plusSeconds(40)));

    clock().advance(Duration.ofSeconds(40));
    complete(claim, "\"done\"");
    assertThat(gates().holding(both)).isEmpty();
    assertThatThrownBy(() -> gates().holding(List.of("a:*")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void limitsHowManyStartInATime() {
    gates().set(GATE, GateLimits.NONE.starts(3, Duration.ofMinutes(1)));
    List<TaskId> tasks = submittedThrough(10, GATE);

    List<Claim> first = allClaimed(10);
    assertThat(first).hasSize(3);
    first.forEach(claim -> complete(claim, "\"done\""));
    assertThat(allClaimed(10)).isEmpty();

    clock().advance(Duration.ofSeconds(19));
    assertThat(allClaimed(10)).isEmpty();
    clock().advance(Duration.ofSeconds(1));
    assertThat(ids(allClaimed(10))).containsExactly(tasks.get(3));
    clock().advance(Duration.ofMinutes(10));
    assertThat(allClaimed(10)).hasSize(3);
  }

  @Test
  default void limitsWhatIsSpentInATime() {
    gates().set(GATE, GateLimits.NONE.units(1_000, Duration.ofSeconds(10)));
    submittedThrough(3, GATE);
    store().gates().gate(GATE).spend(999);
    assertThat(claimedChats(1)).hasSize(1);

    store().gates().gate(GATE).spend(1_001);
    assertThat(allClaimed(5)).isEmpty();

    clock().advance(Duration.ofSeconds(10));
    assertThat(allClaimed(5)).isEmpty();
    clock().advance(Duration.ofMillis(10));
    assertThat(allClaimed(5)).hasSize(2);
  }

  @Test
  default void saysWhenWaitingTasksAreWorthALook() {
    gates().set(GATE, GateLimits.concurrency(1));
    submittedThrough(2, GATE);
    assertThat(store().nextDue(List.of("chat")).orElseThrow()).isBeforeOrEqualTo(clock().instant());
    allClaimed(5);

    assertThat(store().nextDue(List.of("chat")).orElseThrow())
        .isAfter(clock().instant())
        .isBeforeOrEqualTo(clock().instant().plusSeconds(1));
    assertThat(store().nextDue(List.of("video"))).isEmpty();
  }

  @Test
  default void startsNoTaskInTheCommitThatStoresIt() {
    gates().close(GATE, clock().instant().plusSeconds(60), "busy");
    UnusedOffer offer = new UnusedOffer(new ClaimRequest(NODE, List.of(new Room("chat", 5)), 5));

    store().submit(List.of(through(GATE).at(clock().instant())), () -> Optional.of(offer));

    assertThat(allClaimed(5)).isEmpty();
  }

  @Test
  default void delayedTasksPassTheirGatesWhenTheyAreDue() {
    gates().set(GATE, GateLimits.concurrency(1));
    Instant soon = clock().instant().plusSeconds(10);
    submitted(through(GATE).startingAt(soon));
    submitted(through(GATE).startingAt(soon));
    assertThat(allClaimed(5)).isEmpty();

    clock().set(soon);

    assertThat(allClaimed(5)).hasSize(1);
    assertThat(allClaimed(5)).isEmpty();
  }

  @Test
  default void ordersTasksBehindAGateByPriorityAndTenant() {
    gates().set(GATE, GateLimits.concurrency(3));
    for (int i = 0; i < 5; i++) {
      submitted(through(GATE).inTenant("large"));
    }
    TaskId small = submitted(through(GATE).inTenant("small"));
    TaskId urgent = submitted(through(GATE).inTenant("large").withPriority(Priority.HIGH));

    assertThat(ids(allClaimed(10))).hasSize(3).contains(urgent, small);
  }

  @Test
  default void thousandsWaitForAGateThatIsRemoved() {
    gates().set(GATE, GateLimits.concurrency(1));
    store()
        .submit(
            IntStream.range(0, 1_000)
                .mapToObj(ignored -> through(GATE).at(clock().instant()))
                .toList());
    assertThat(allClaimed(2_000)).hasSize(1);

    assertThat(gates().remove(GATE)).isTrue();

    assertThat(allClaimed(2_000)).hasSize(999);
    assertThat(gates().remove(GATE)).isFalse();
    assertThat(gates().find(GATE)).isEmpty();
  }

  @Test
  default void keepsTheLongestNames() {
    List<String> names =
        IntStream.range(0, Gates.GATES_PER_TASK)
            .mapToObj(i -> i + "\u20ac".repeat(Gates.NAME_LIMIT - 1))
            .toList();
    gates().set(names.getFirst(), GateLimits.concurrency(1));
    TaskDraft draft = aTask().with(Submission.by("asha@demo.test").through(names));
    submitted(draft);
    submitted(draft);

    assertThat(allClaimed(5))
        .singleElement()
        .extracting(claim -> claim.submission().gates())
        .isEqualTo(names);
  }

  @Test
  default void refusesWhatNoGateCanBe() {
    Instant now = clock().instant();
    for (String name : List.of("", " ", "a".repeat(201), "a\nb", "*", "tenant*", "\ud83d")) {
      assertThatThrownBy(() -> gates().set(name, GateLimits.NONE))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> gates().close("tenant:*", now, "all"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> gates().close(GATE, Instant.MAX, "for ever"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> gates().list("", 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().gates().gate(GATE).spend(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(gates().list("", 10)).isEmpty();
  }

  @Test
  default void nodesThatClaimAtOnceShareTheExactNumberOfPlaces() throws Exception {
    int places = 7;
    gates().set(GATE, GateLimits.concurrency(places));
    List<NodeId> nodes = IntStream.range(0, 4).mapToObj(i -> new NodeId("worker-" + i)).toList();
    for (NodeId node : nodes) {
      store().join(new Node(node, Role.ALL), clock().instant().plus(Duration.ofHours(1)));
    }
    submittedThrough(60, GATE);
    List<Callable<List<Claim>>> claims = new ArrayList<>();
    for (NodeId node : nodes) {
      claims.add(() -> store().claim(new ClaimRequest(node, List.of(new Room("chat", 5)), 5)));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 5; round++) {
        List<Claim> running = new ArrayList<>();
        for (Future<List<Claim>> each : threads.invokeAll(claims)) {
          running.addAll(each.get());
        }
        assertThat(running).hasSizeBetween(1, places);
        assertThat(gates().find(GATE).orElseThrow().running()).isEqualTo(running.size());
        running.forEach(claim -> complete(claim, "\"done\""));
      }
    }
  }
}
