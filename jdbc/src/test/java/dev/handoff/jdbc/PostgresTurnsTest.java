package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Priority;
import dev.handoff.Role;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.store.TaskDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Several processes on one database agree well enough on whose turn it is. The first two never
/// claim, the others never submit unless a test says so.
final class PostgresTurnsTest {
  private static final NodeId WORKER = new NodeId("worker");
  private static final NodeId OTHER = new NodeId("other");

  @RegisterExtension private final PostgresStores stores = new PostgresStores();

  private final TestClock clock = TestClock.atNine();
  private List<TaskStore> opened = List.of();

  @BeforeEach
  void open() {
    opened = stores.open(4, clock);
    Instant lease = clock.instant().plus(Duration.ofHours(9));
    worker().join(new Node(WORKER, Role.WORKER), lease);
    other().join(new Node(OTHER, Role.WORKER), lease);
  }

  private TaskStore api() {
    return opened.get(0);
  }

  private TaskStore otherApi() {
    return opened.get(1);
  }

  private TaskStore worker() {
    return opened.get(2);
  }

  private TaskStore other() {
    return opened.get(3);
  }

  private void submit(TaskStore store, int tasks, TaskDraft draft) {
    List<NewTask> given =
        IntStream.range(0, tasks).mapToObj(_ -> draft.at(clock.instant())).toList();
    assertThat(store.submit(given)).hasSize(tasks);
  }

  private static List<Claim> claim(TaskStore store, NodeId node, int atMost, String... types) {
    List<Room> rooms = List.of(types).stream().map(type -> new Room(type, atMost)).toList();
    return store.claim(new ClaimRequest(node, rooms, atMost));
  }

  private void finish(int tasks) {
    int left = tasks;
    while (left > 0) {
      List<Claim> claims = claim(worker(), WORKER, Math.min(left, 50), "chat");
      assertThat(claims).isNotEmpty();
      left -= claims.size();
      for (Claim claim : claims) {
        TaskCompleted done = new TaskCompleted(new Payload("{}"));
        assertThat(worker().append(claim.lease(), List.of(done), List.of())).isTrue();
      }
    }
  }

  private static long countOf(String tenant, List<Claim> claims) {
    return claims.stream().filter(each -> tenant.equals(each.submission().tenant())).count();
  }

  @Test
  void aTenantIsNotChargedForWhatWasFinishedLongAgo() {
    submit(api(), 300, aTask().inTenant("one"));
    finish(300);

    submit(api(), 200, aTask().inTenant("other"));
    submit(api(), 1, aTask().inTenant("one"));

    assertThat(countOf("one", claim(worker(), WORKER, 3, "chat"))).isEqualTo(1);
  }

  @Test
  void aTenantIsNotChargedForWhatWasFinishedWhereAnotherNodeSubmits() {
    submit(api(), 300, aTask().inTenant("one"));
    finish(300);

    submit(otherApi(), 200, aTask().inTenant("other"));
    submit(api(), 1, aTask().inTenant("one"));

    assertThat(countOf("one", claim(worker(), WORKER, 3, "chat"))).isEqualTo(1);
  }

  @Test
  void aTenantThatComesFirstIsNotChargedEither() {
    submit(api(), 300, aTask().inTenant("one"));
    finish(300);

    submit(api(), 1, aTask().inTenant("one"));
    submit(api(), 200, aTask().inTenant("other"));

    assertThat(countOf("one", claim(worker(), WORKER, 3, "chat"))).isEqualTo(1);
  }

  @Test
  void aNewcomerBeginsInThePresentOfABacklogThatOthersWorkOn() {
    submit(api(), 300, aTask().inTenant("large"));
    finish(150);

    submit(otherApi(), 100, aTask().inTenant("medium"));
    submit(otherApi(), 1, aTask().inTenant("new"));
    assertThat(countOf("new", claim(worker(), WORKER, 4, "chat"))).isEqualTo(1);
    assertThat(countOf("large", claim(worker(), WORKER, 40, "chat"))).isBetween(18L, 22L);
    submit(api(), 1, aTask().inTenant("late"));
    assertThat(countOf("late", claim(other(), OTHER, 4, "chat"))).isEqualTo(1);
  }

  @Test
  void aTenantWithABacklogWaitsForItsTurn() {
    submit(api(), 100, aTask().inTenant("large"));
    submit(otherApi(), 20, aTask().inTenant("small"));
    submit(api(), 20, aTask().inTenant("large"));

    assertThat(countOf("small", claim(worker(), WORKER, 40, "chat"))).isEqualTo(20);
  }

  @Test
  void aTenantIsNotChargedForWhatItCancelled() {
    List<NewTask> given =
        IntStream.range(0, 100).mapToObj(_ -> aTask().inTenant("one").at(clock.instant())).toList();
    var _ = api().submit(given);
    submit(otherApi(), 100, aTask().inTenant("other"));
    given.forEach(task -> assertThat(otherApi().cancel(task.id(), "enough")).isTrue());

    submit(api(), 1, aTask().inTenant("one"));

    assertThat(countOf("one", claim(worker(), WORKER, 3, "chat"))).isEqualTo(1);
  }

  @Test
  void aTenantsTasksStayInOrderWhenItsLastOneIsCancelled() {
    List<NewTask> given =
        IntStream.range(0, 20).mapToObj(_ -> aTask().inTenant("one").at(clock.instant())).toList();
    var _ = api().submit(given);
    given.subList(5, 20).forEach(task -> assertThat(api().cancel(task.id(), "enough")).isTrue());

    NewTask late = aTask().inTenant("one").at(clock.instant());
    var _ = api().submit(List.of(late));

    assertThat(claim(worker(), WORKER, 6, "chat"))
        .extracting(each -> each.lease().task())
        .hasSize(6)
        .endsWith(late.id());
  }

  @Test
  void aTenantsTasksStayInOrderWhenItsLastOneIsClaimedBeforeItsTurn() {
    List<NewTask> given =
        IntStream.range(0, 3).mapToObj(_ -> aTask().inTenant("one").at(clock.instant())).toList();
    var _ = api().submit(given);
    assertThat(worker().claim(given.getLast().id(), WORKER)).isPresent();

    NewTask late = aTask().inTenant("one").at(clock.instant());
    var _ = api().submit(List.of(late));

    assertThat(claim(worker(), WORKER, 3, "chat"))
        .extracting(each -> each.lease().task())
        .containsExactly(given.get(0).id(), given.get(1).id(), late.id());
  }

  @Test
  void aTenantsTasksStayInOrderWhenItsLastOneIsJoinedToAnother() {
    NewTask first = aTask().inTenant("one").joinedBy("key").at(clock.instant());
    NewTask second = aTask().inTenant("one").at(clock.instant());
    var _ = api().submit(List.of(first, second));
    var _ = api().submit(List.of(aTask().inTenant("one").joinedBy("key").at(clock.instant())));

    NewTask late = aTask().inTenant("one").at(clock.instant());
    var _ = api().submit(List.of(late));

    assertThat(claim(worker(), WORKER, 3, "chat"))
        .extracting(each -> each.lease().task())
        .containsExactly(first.id(), second.id(), late.id());
  }

  @Test
  void whatWasDelayedTakesItsTurnWhereSomebodyElsePromotesIt() {
    submit(api(), 300, aTask().inTenant("one"));
    finish(300);
    Instant soon = clock.instant().plusSeconds(10);
    submit(api(), 50, aTask().inTenant("one").startingAt(soon));
    submit(api(), 200, aTask().inTenant("other"));
    clock.set(soon);

    assertThat(countOf("one", claim(other(), OTHER, 20, "chat"))).isBetween(9L, 11L);
  }

  @Test
  void whatComesBackGoesToTheFrontAndTurnsNobodysTimeBack() {
    submit(api(), 300, aTask().inTenant("large"));
    Claim early = claim(worker(), WORKER, 1, "chat").getFirst();
    finish(150);
    assertThat(
            worker()
                .append(
                    early.lease(), List.of(new AttemptSnoozed(clock.instant(), "x")), List.of()))
        .isTrue();

    submit(otherApi(), 100, aTask().inTenant("medium"));

    List<Claim> claims = claim(other(), OTHER, 41, "chat");
    assertThat(claims.stream().map(each -> each.lease().task())).contains(early.lease().task());
    assertThat(countOf("large", claims)).isBetween(19L, 22L);
  }

  @Test
  void aTypeIsNotHeldBackWhereOnlyOthersClaimedItSoFar() {
    submit(api(), 500, aTask().inTenant("one"));
    submit(api(), 500, aTask().ofType("video").inTenant("one"));
    finish(300);

    List<Claim> claims = claim(other(), OTHER, 20, "chat", "video");

    assertThat(claims).filteredOn(each -> each.type().equals("chat")).hasSizeBetween(8, 12);
  }

  @Test
  void aDelayedTaskOfAnotherNodeIsFoundWhileABacklogLasts() {
    submit(api(), 600, aTask().withPriority(Priority.LOW));
    assertThat(claim(worker(), WORKER, 10, "chat")).hasSize(10);
    Instant soon = clock.instant().plusSeconds(5);
    NewTask high = aTask().withPriority(Priority.HIGH).startingAt(soon).at(clock.instant());
    var _ = otherApi().submit(List.of(high));
    clock.set(soon.minusMillis(1));
    assertThat(claim(worker(), WORKER, 10, "chat")).hasSize(10);

    clock.set(soon.plusSeconds(1));

    List<TaskId> claimed =
        claim(worker(), WORKER, 10, "chat").stream().map(each -> each.lease().task()).toList();
    assertThat(claimed.getFirst()).isEqualTo(high.id());
  }

  @Test
  void delayedTasksOfTypesThatNobodyHandlesHoldUpNothing() {
    submit(api(), 600, aTask().withPriority(Priority.LOW));
    submit(api(), 2_000, aTask().ofType("foreign").startingAt(clock.instant().plusSeconds(1)));
    NewTask high =
        aTask()
            .withPriority(Priority.HIGH)
            .startingAt(clock.instant().plusSeconds(3))
            .at(clock.instant());
    var _ = api().submit(List.of(high));
    assertThat(claim(worker(), WORKER, 1, "chat")).hasSize(1);
    clock.advance(Duration.ofSeconds(4));

    assertThat(claim(worker(), WORKER, 1, "chat").getFirst().lease().task()).isEqualTo(high.id());
  }

  @Test
  void whatADeadNodeTookBeforeItsTurnIsClaimedByAnother() {
    Instant soon = clock.instant().plusSeconds(10);
    NewTask early = aTask().inTenant("one").startingAt(soon).at(clock.instant());
    var _ = api().submit(List.of(early));
    clock.set(soon);
    NodeId dead = new NodeId("dead");
    otherApi().join(new Node(dead, Role.ALL), soon.plusSeconds(1));
    assertThat(otherApi().claim(early.id(), dead)).isPresent();
    submit(api(), 50, aTask().inTenant("large"));
    clock.advance(Duration.ofSeconds(2));

    assertThat(other().rescue(OTHER, 10).requeued()).isEqualTo(1);

    assertThat(claim(worker(), WORKER, 1, "chat"))
        .extracting(each -> each.lease().task())
        .containsExactly(early.id());
  }
}
