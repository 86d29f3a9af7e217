package dev.handoff.testing.store;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.GateLimits;
import dev.handoff.Priority;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.store.Claim;
import dev.handoff.store.QueueStore;
import dev.handoff.store.QueueStore.LineSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

interface QueueContract extends StoreContract {
  String DOOR = "door";

  private QueueStore queue() {
    return store().queue();
  }

  private TaskId waiting(String tenant, Priority priority, String... gates) {
    return submitted(
        aTask()
            .with(
                Submission.by("asha@demo.test")
                    .inTenant(tenant)
                    .withPriority(priority)
                    .through(List.of(gates))));
  }

  private static List<TaskId> ids(List<Claim> claims) {
    return claims.stream().map(claim -> claim.lease().task()).toList();
  }

  @Test
  default void showsALineInTheOrderOfItsClaims() {
    List<TaskId> tasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tasks.add(waiting("busy", Priority.NORMAL));
    }
    tasks.add(waiting("quiet", Priority.NORMAL));
    tasks.add(waiting("quiet", Priority.LOW));
    tasks.add(waiting("busy", Priority.HIGH));
    waiting("busy", Priority.HIGH, DOOR);
    submitted(aTask().ofType("other"));

    List<TaskId> line = queue().line("chat", List.of()).waiting();
    assertThat(line).containsExactlyInAnyOrderElementsOf(tasks);
    assertThat(line).startsWith(tasks.get(5)).endsWith(tasks.get(4));

    store().gates().close(DOOR, clock().instant().plusSeconds(60), "shut");
    assertThat(ids(claimedChats(10))).containsExactlyElementsOf(line);
    assertThat(queue().line("chat", List.of()).waiting()).isEmpty();
  }

  @Test
  default void tasksOfOtherGatesStandInLinesOfTheirOwn() {
    store().gates().set(DOOR, GateLimits.concurrency(1));
    List<TaskId> behind =
        List.of(
            waiting("acme", Priority.NORMAL, DOOR),
            waiting("acme", Priority.NORMAL, DOOR),
            waiting("acme", Priority.NORMAL, DOOR, "gangway"));
    Instant start = clock().instant();
    assertThat(claimedChats(1)).hasSize(1);
    clock().advance(Duration.ofSeconds(5));

    LineSnapshot line = queue().line("chat", List.of(DOOR));
    LineSnapshot both = queue().line("chat", List.of(DOOR, "gangway"));

    assertThat(line.waiting()).containsExactly(behind.get(1));
    assertThat(line.runningSince()).containsExactly(start);
    assertThat(both.waiting()).containsExactly(behind.get(2));
    assertThat(both.runningSince()).isEmpty();
    assertThat(queue().line("chat", List.of()).waiting()).isEmpty();
    assertThat(queue().line("other", List.of(DOOR)).waiting()).isEmpty();
  }

  @Test
  default void keepsTheLatestDurationsOfAType() {
    assertThat(queue().durations("chat")).isEmpty();

    queue().keepDurations("chat", List.of(Duration.ofSeconds(9)));
    queue().keepDurations("chat", List.of(Duration.ofMillis(1_500), Duration.ZERO));
    queue().keepDurations("other", List.of(Duration.ofHours(1)));
    reopen();

    assertThat(queue().durations("chat"))
        .containsExactlyInAnyOrder(Duration.ofMillis(1_500), Duration.ZERO);
    List<Duration> tooMany = Collections.nCopies(QueueStore.MOST_DURATIONS + 1, Duration.ZERO);
    assertThatThrownBy(() -> queue().keepDurations("chat", tooMany))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
