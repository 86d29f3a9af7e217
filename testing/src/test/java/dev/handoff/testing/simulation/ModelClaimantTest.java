package dev.handoff.testing.simulation;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handoff.HandoffException;
import dev.handoff.NodeId;
import dev.handoff.Priority;
import dev.handoff.Role;
import dev.handoff.TaskState.Queued;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.Claimant;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.SubmitResult;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.store.RecordedEvents;
import dev.handoff.testing.store.TaskDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node that has room starts a task in the commit of its submit, as in the PostgreSQL store.
final class ModelClaimantTest {
  private static final NodeId NODE = new NodeId("worker");

  private final TestClock clock = TestClock.atNine();
  private final ModelTaskStore store = ModelTaskStore.open(new ModelDatabase(), clock);
  private final RecordedEvents told = new RecordedEvents();

  @BeforeEach
  void join() {
    store.join(new Node(NODE, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
    store.listen(told);
  }

  /// Has room for so many chats.
  private static final class ModelClaimant implements Claimant {
    private final int room;
    private final List<Claim> claims = new ArrayList<>();

    ModelClaimant(int room) {
      this.room = room;
    }

    @Override
    public Optional<Offer> offer() {
      return Optional.of(
          new Offer() {
            @Override
            public ClaimRequest request() {
              return new ClaimRequest(NODE, List.of(new Room("chat", room)), room);
            }

            @Override
            public void start(List<Claim> started) {
              claims.addAll(started);
            }

            @Override
            public void close() {
              // It holds nothing.
            }
          });
    }
  }

  private NewTask task(TaskDraft draft) {
    return draft.at(clock.instant());
  }

  private List<NewTask> tasks(int count) {
    return IntStream.range(0, count).mapToObj(_ -> task(aTask())).toList();
  }

  private boolean isQueued(NewTask task) {
    return store.find(task.id()).orElseThrow().state() instanceof Queued;
  }

  private boolean isStarted(NewTask task) {
    ModelClaimant worker = new ModelClaimant(5);
    assertThat(store.submit(List.of(task), worker)).hasSize(1);
    assertThat(worker.claims.isEmpty()).isEqualTo(isQueued(task));
    return !worker.claims.isEmpty();
  }

  @Test
  void takesATaskAsItIsSubmitted() {
    NewTask task = task(aTask());
    ModelClaimant worker = new ModelClaimant(5);

    assertThat(store.submit(List.of(task), worker))
        .containsExactly(new SubmitResult(task.id(), SubmitResult.SubmitOrigin.NEW));

    NewTask later = task(aTask());
    store.submit(List.of(later));
    Claim claim = worker.claims.getFirst();
    assertThat(claim)
        .usingRecursiveComparison()
        .ignoringFields("lease.task", "lease.fence")
        .isEqualTo(store.claim(later.id(), NODE).orElseThrow());
    assertThat(store.held(NODE)).contains(claim.lease());
    assertThat(told.of(task.id())).hasSize(2).isEqualTo(store.events(task.id(), 0, 10));
    assertThat(told.work()).as("only the later one waited").isEqualTo(1);
  }

  @Test
  void takesAllOfOneCallOrNone() {
    ModelClaimant worker = new ModelClaimant(2);
    ModelClaimant another = new ModelClaimant(2);

    store.submit(tasks(2), worker);
    List<NewTask> three = tasks(3);
    store.submit(three, another);

    assertThat(worker.claims).hasSize(2);
    assertThat(another.claims).isEmpty();
    assertThat(three).allMatch(this::isQueued);
  }

  @Test
  void takesNothingWhileOthersWait() {
    store.submit(List.of(task(aTask().withPriority(Priority.LOW))));

    assertThat(isStarted(task(aTask().withPriority(Priority.HIGH)))).isFalse();
  }

  @Test
  void leavesWhatIsNotDueOrNotOfItsTypesOrCanBeJoined() {
    assertThat(isStarted(task(aTask().startingAt(clock.instant().plusSeconds(60))))).isFalse();
    assertThat(isStarted(task(aTask().ofType("video")))).isFalse();
    assertThat(isStarted(task(aTask().joinedBy("same")))).isFalse();
  }

  @Test
  void takesNothingWithASubmitThatIsRefused() {
    NewTask known = task(aTask().startingAt(clock.instant().plusSeconds(60)));
    store.submit(List.of(known));
    ModelClaimant worker = new ModelClaimant(5);

    assertThatThrownBy(() -> store.submit(List.of(task(aTask()), known), worker))
        .isInstanceOf(HandoffException.class);

    assertThat(worker.claims).isEmpty();
    assertThat(store.held(NODE)).isEmpty();
  }

  @Test
  void takesNothingForANodeThatIsNotKnown() {
    store.leave(NODE);

    assertThat(isStarted(task(aTask()))).isFalse();
  }

  @Test
  void anAnswerStaysWhateverTheClaimantDoesAfterIt() {
    NewTask task = task(aTask());

    BrokenOffer offer = new BrokenOffer();

    List<SubmitResult> answers = store.submit(List.of(task), () -> Optional.of(offer));

    assertThat(answers).hasSize(1);
    assertThat(isQueued(task)).isTrue();
    assertThat(offer.closed).isTrue();
  }

  /// Has room for another type only, and starts nothing.
  private static final class BrokenOffer implements Claimant.Offer {
    private boolean closed;

    @Override
    public ClaimRequest request() {
      return new ClaimRequest(NODE, List.of(new Room("other", 1)), 1);
    }

    @Override
    public void start(List<Claim> claims) {
      throw new IllegalStateException("no thread");
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
