package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Priority;
import dev.handoff.Role;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Processing;
import dev.handoff.store.Claim;
import dev.handoff.store.Claim.RetryRound;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.StateCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface ClaimContract extends StoreContract {
  private static List<TaskId> ids(List<Claim> claims) {
    return claims.stream().map(claim -> claim.lease().task()).toList();
  }

  @Test
  default void givesATaskToANode() {
    NewTask given = submittedTask(aTask().inTenant("school-1").asking("what is x?"));
    Instant now = clock().advance(Duration.ofSeconds(2));

    List<Claim> claims = claimedChats(5);

    Lease lease = claims.getFirst().lease();
    assertThat(lease).isEqualTo(new Lease(given.id(), NODE, lease.fence()));
    assertThat(claims)
        .containsExactly(
            new Claim(
                lease,
                "chat",
                given.submission(),
                1,
                3,
                new RetryRound(0, given.createdAt()),
                now,
                new Payload("what is x?"),
                2));
    assertThat(task(given.id()).state()).isEqualTo(new Processing(lease, 1));
    assertThat(task(given.id()).timeline().startedAt()).isEqualTo(now);
    assertThat(events(given.id()).getLast())
        .isEqualTo(new LoggedEvent(2, now, new AttemptStarted(1, lease)));
    assertThat(claimedChats(5)).isEmpty();
  }

  @Test
  default void waitsUntilATaskIsDue() {
    TaskId id = submitted(aTask().startingAt(clock().instant().plusSeconds(60)));
    clock().advance(Duration.ofMillis(59_999));
    assertThat(claimedChats(5)).isEmpty();

    clock().advance(Duration.ofMillis(1));

    assertThat(ids(claimedChats(5))).containsExactly(id);
  }

  @Test
  default void takesHigherPrioritiesFirst() {
    Instant soon = clock().instant().plusSeconds(1);
    TaskId low = submitted(aTask().withPriority(Priority.LOW));
    TaskId normal = submitted(aTask());
    TaskId high = submitted(aTask().withPriority(Priority.HIGH));
    TaskId delayed = submitted(aTask().withPriority(Priority.HIGH).startingAt(soon));
    clock().set(soon);

    assertThat(ids(claimedChats(10))).containsExactly(high, delayed, normal, low);
  }

  @Test
  default void takesHigherPrioritiesFirstAcrossTypes() {
    TaskId chat = submitted(aTask());
    TaskId video = submitted(aTask().ofType("video").withPriority(Priority.HIGH));

    List<Room> rooms = List.of(new Room("chat", 5), new Room("video", 5));

    assertThat(ids(store().claim(new ClaimRequest(NODE, rooms, 1)))).containsExactly(video);
    assertThat(ids(store().claim(new ClaimRequest(NODE, rooms, 1)))).containsExactly(chat);
  }

  @Test
  default void takesTheOldestFirst() {
    List<TaskId> submitted =
        IntStream.range(0, 20)
            .mapToObj(ignored -> {
              clock().advance(Duration.ofMillis(1));
              return submitted(aTask());
            })
            .toList();

    List<TaskId> claimed = new ArrayList<>(ids(claimedChats(7)));
    claimed.addAll(ids(claimedChats(13)));

    assertThat(claimed).isEqualTo(submitted);
  }

  @Test
  default void takesNoMoreOfATypeThanThereIsRoomFor() {
    IntStream.range(0, 5).forEach(ignored -> submitted(aTask()));
    IntStream.range(0, 5).forEach(ignored -> submitted(aTask().ofType("video")));
    submitted(aTask().ofType("unknown-here"));

    List<Claim> claims =
        store()
            .claim(
                new ClaimRequest(
                    NODE,
                    List.of(new Room("chat", 2), new Room("video", 10), new Room("none", 0)),
                    6));

    assertThat(claims).extracting(Claim::type).containsOnly("chat", "video").hasSize(6);
    assertThat(claims).filteredOn(claim -> claim.type().equals("chat")).hasSize(2);
  }

  @Test
  default void doesNotLetAFullTypeHoldUpAnother() {
    IntStream.range(0, 50).forEach(ignored -> submitted(aTask()));
    TaskId video = submitted(aTask().ofType("video"));

    List<Room> rooms = List.of(new Room("chat", 0), new Room("video", 1));

    assertThat(ids(store().claim(new ClaimRequest(NODE, rooms, 10)))).containsExactly(video);
  }

  @Test
  default void givesNothingToANodeThatIsNotKnown() {
    TaskId id = submitted(aTask());
    NodeId stranger = new NodeId("stranger");

    assertThat(store().claim(new ClaimRequest(stranger, List.of(new Room("chat", 1)), 1)))
        .isEmpty();
    assertThat(store().claim(id, stranger)).isEmpty();
    assertThat(ids(claimedChats(1))).containsExactly(id);
  }

  @Test
  default void takesOneGivenTask() {
    TaskId first = submitted(aTask());
    NewTask second = submittedTask(aTask().asking("second"));

    Claim claim = claimed(second.id());
    assertThat(claim)
        .isEqualTo(
            new Claim(
                new Lease(second.id(), NODE, claim.lease().fence()),
                "chat",
                second.submission(),
                1,
                3,
                new RetryRound(0, second.createdAt()),
                clock().instant(),
                second.request(),
                2));
    assertThat(store().claim(second.id(), NODE)).isEmpty();
    assertThat(ids(claimedChats(5))).containsExactly(first);
  }

  @Test
  default void doesNotTakeAGivenTaskThatIsNotDue() {
    TaskId later = submitted(aTask().startingAt(clock().instant().plusSeconds(1)));
    TaskId ended = submitted(aTask());
    store().cancel(ended, "not needed");

    assertThat(store().claim(later, NODE)).isEmpty();
    assertThat(store().claim(ended, NODE)).isEmpty();
    assertThat(store().claim(TaskDraft.nextId(clock().instant()), NODE)).isEmpty();

    clock().advance(Duration.ofSeconds(1));
    assertThat(store().claim(later, NODE)).isPresent();
  }

  @Test
  default void tellsWhenTheNextTaskIsDue() {
    Instant now = clock().instant();
    assertThat(store().nextDue(List.of("chat", "video"))).isEmpty();

    submitted(aTask().ofType("video").startingAt(now.plusSeconds(90)));
    submitted(aTask().startingAt(now.plusSeconds(60)));
    assertThat(store().nextDue(List.of("video"))).contains(now.plusSeconds(90));
    assertThat(store().nextDue(List.of("video", "chat"))).contains(now.plusSeconds(60));
    assertThat(store().nextDue(List.of("other"))).isEmpty();
    assertThat(store().nextDue(List.of())).isEmpty();

    clock().set(now.plusSeconds(61));
    assertThat(store().nextDue(List.of("chat"))).hasValueSatisfying(this::isNotInTheFuture);
    submitted(aTask().ofType("video"));
    assertThat(store().nextDue(List.of("video"))).hasValueSatisfying(this::isNotInTheFuture);
  }

  private void isNotInTheFuture(Instant time) {
    assertThat(time).isBeforeOrEqualTo(clock().instant());
  }

  @Test
  default void givesEachTaskToOneOfManyClaimers() throws Exception {
    int tasks = 2_000;
    store()
        .submit(
            IntStream.range(0, tasks)
                .mapToObj(n -> aTask().inTenant("tenant-" + n % 7).at(clock().instant()))
                .toList());
    NodeId other = new NodeId("node-2");
    store().join(new Node(other, Role.WORKER), clock().instant().plusSeconds(60));
    Set<TaskId> claimed = ConcurrentHashMap.newKeySet();

    Callable<Integer> worker1 = () -> drain(NODE, claimed);
    Callable<Integer> worker2 = () -> drain(other, claimed);
    int twice = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> workers =
          IntStream.range(0, 16).mapToObj(n -> n % 2 == 0 ? worker1 : worker2).toList();
      for (Future<Integer> future : threads.invokeAll(workers)) {
        twice += future.get();
      }
    }

    assertThat(twice).isZero();
    assertThat(claimed).hasSize(tasks);
    assertThat(store().counts()).containsExactly(new StateCount("chat", "completed", tasks));
  }

  // How many tasks somebody else had claimed as well.
  private int drain(NodeId node, Set<TaskId> claimed) {
    int twice = 0;
    while (true) {
      List<Claim> claims = store().claim(new ClaimRequest(node, List.of(new Room("chat", 20)), 20));
      if (claims.isEmpty()) {
        return twice;
      }
      for (Claim claim : claims) {
        twice += claimed.add(claim.lease().task()) ? 0 : 1;
        TaskCompleted done = new TaskCompleted(new Payload("by " + node));
        assertThat(store().append(claim.lease(), List.of(done), List.of())).isTrue();
      }
    }
  }
}
