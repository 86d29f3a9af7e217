package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Lease;
import dev.handoff.NodeId;
import dev.handoff.Role;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskId;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A long backlog is claimed from where the last claim ended, and nothing before it is forgotten.
final class PostgresBacklogTest {
  private static final NodeId NODE = new NodeId("worker");

  @RegisterExtension private final PostgresStores stores = new PostgresStores();

  private final TestClock clock = TestClock.atNine();

  private TaskStore storeWithBacklog(int tasks) {
    TaskStore store = stores.open(clock);
    store.join(new Node(NODE, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
    var _ = store.submit(tasks(tasks));
    return store;
  }

  private List<NewTask> tasks(int count) {
    return IntStream.range(0, count).mapToObj(_ -> aTask().at(clock.instant())).toList();
  }

  private static List<TaskId> claimed(TaskStore store, int atMost) {
    return store.claim(new ClaimRequest(NODE, List.of(new Room("chat", atMost)), atMost)).stream()
        .map(claim -> claim.lease().task())
        .toList();
  }

  private static Lease leaseOf(TaskStore store, TaskId task) {
    return store.held(NODE).stream()
        .filter(lease -> lease.task().equals(task))
        .findFirst()
        .orElseThrow();
  }

  private void giveBack(TaskStore store, TaskId task) {
    assertThat(
            store.append(
                leaseOf(store, task),
                List.of(new AttemptSnoozed(clock.instant(), "given back")),
                List.of()))
        .isTrue();
  }

  @Test
  void whatIsGivenBackIsFoundAtOnce() {
    try (TaskStore store = storeWithBacklog(1_300)) {
      TaskId first = claimed(store, 1_000).getFirst();
      giveBack(store, first);

      assertThat(claimed(store, 100).getFirst()).isEqualTo(first);
    }
  }

  @Test
  void whatIsGivenBackIsFoundWhenNothingElseIsLeft() {
    try (TaskStore store = storeWithBacklog(1_050)) {
      TaskId first = claimed(store, 1_050).getFirst();
      giveBack(store, first);

      assertThat(store.nextDue(List.of("chat"))).isPresent();
      assertThat(claimed(store, 100)).containsExactly(first);
    }
  }

  @Test
  void aLineThatAnotherNodeHasFinishedBeginsAnew() {
    List<TaskStore> both = stores.open(2, clock);
    both.getFirst().join(new Node(NODE, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
    var _ = both.getFirst().submit(tasks(1_050));
    assertThat(claimed(both.getFirst(), 1_000)).hasSize(1_000);
    assertThat(claimed(both.getLast(), 100)).hasSize(50);

    List<NewTask> again = tasks(3);
    var _ = both.getLast().submit(again);

    assertThat(claimed(both.getFirst(), 100))
        .containsExactlyElementsOf(again.stream().map(NewTask::id).toList());
  }

  @Test
  void whatIsPutInFrontIsFoundWithinASecond() {
    List<TaskStore> both = stores.open(2, clock);
    both.getFirst().join(new Node(NODE, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
    var _ = both.getFirst().submit(tasks(1_050));
    assertThat(claimed(both.getFirst(), 1_000)).hasSize(1_000);
    assertThat(claimed(both.getLast(), 100)).hasSize(50);
    List<NewTask> many = tasks(1_200);
    var _ = both.getLast().submit(many);

    assertThat(claimed(both.getFirst(), 100)).as("from where the last claim ended").hasSize(100);
    clock.advance(Duration.ofSeconds(1));
    assertThat(claimed(both.getFirst(), 1).getFirst()).isEqualTo(many.getFirst().id());
  }
}
