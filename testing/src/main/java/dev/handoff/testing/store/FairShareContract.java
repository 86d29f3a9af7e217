package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Priority;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.NewTask;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface FairShareContract extends StoreContract {
  private void backlog(int tasks, TaskDraft draft) {
    store()
        .submit(
            IntStream.range(0, tasks).mapToObj(ignored -> draft.at(clock().instant())).toList());
  }

  private static long countOf(String tenant, List<Claim> claims) {
    return claims.stream().filter(claim -> tenant.equals(claim.submission().tenant())).count();
  }

  @Test
  default void sharesBetweenTenants() {
    backlog(100, aTask().inTenant("large"));
    backlog(10, aTask().inTenant("small"));
    backlog(10, aTask());

    List<Claim> claims = claimedChats(30);

    assertThat(countOf("small", claims)).isEqualTo(10);
    assertThat(countOf("large", claims)).isEqualTo(10);
  }

  @Test
  default void doesNotLetANewcomerWaitForABacklog() {
    backlog(100, aTask().inTenant("large"));
    claimedChats(50);

    backlog(1, aTask().inTenant("new"));

    assertThat(countOf("new", claimedChats(2))).isEqualTo(1);
  }

  @Test
  default void doesNotRewardATenantForItsAbsence() {
    backlog(100, aTask().inTenant("large"));
    claimedChats(50);
    backlog(50, aTask().inTenant("new"));

    List<Claim> claims = claimedChats(20);

    assertThat(countOf("large", claims)).isBetween(9L, 11L);
  }

  @Test
  default void sharesWithinEachPriority() {
    backlog(20, aTask().inTenant("large").withPriority(Priority.HIGH));
    backlog(100, aTask().inTenant("large"));
    backlog(3, aTask().inTenant("small"));
    assertThat(countOf("large", claimedChats(20))).isEqualTo(20);

    assertThat(countOf("small", claimedChats(6))).isEqualTo(3);
  }

  @Test
  default void doesNotChargeATenantForATypeThatIsFull() {
    backlog(100, aTask().ofType("video").inTenant("one"));
    backlog(50, aTask().inTenant("other"));
    backlog(1, aTask().inTenant("one"));
    List<Room> rooms = List.of(new Room("video", 0), new Room("chat", 10));

    List<Claim> claims = store().claim(new ClaimRequest(NODE, rooms, 4));

    assertThat(countOf("one", claims)).isEqualTo(1);
  }

  @Test
  default void sharesWhatWasDelayedOnceItIsDue() {
    Instant soon = clock().instant().plusSeconds(10);
    backlog(100, aTask().inTenant("large").startingAt(soon));
    backlog(5, aTask().inTenant("small").startingAt(soon));
    clock().set(soon);

    assertThat(countOf("small", claimedChats(10))).isEqualTo(5);
  }

  @Test
  default void remembersTheTurnsAfterARestart() {
    backlog(100, aTask().inTenant("large"));
    claimedChats(50);
    reopen();

    backlog(5, aTask().inTenant("large"));
    backlog(5, aTask().inTenant("small"));

    assertThat(countOf("small", claimedChats(12))).isEqualTo(5);
  }

  @Test
  default void doesNotChargeATenantForWhatItCancelled() {
    List<NewTask> given =
        IntStream.range(0, 100)
            .mapToObj(ignored -> aTask().inTenant("one").at(clock().instant()))
            .toList();
    store().submit(given);
    backlog(100, aTask().inTenant("other"));
    given.forEach(task -> assertThat(store().cancel(task.id(), "enough")).isTrue());

    backlog(1, aTask().inTenant("one"));

    assertThat(countOf("one", claimedChats(3))).isEqualTo(1);
  }

  @Test
  default void doesNotChargeATenantForWhatEndedLongAgo() {
    backlog(100, aTask().inTenant("one"));
    claimedChats(100).forEach(claim -> complete(claim, "done"));

    backlog(1, aTask().inTenant("one"));
    backlog(100, aTask().inTenant("other"));

    assertThat(countOf("one", claimedChats(3))).isEqualTo(1);
  }
}
