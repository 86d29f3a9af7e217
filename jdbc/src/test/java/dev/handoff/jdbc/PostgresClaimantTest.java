package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.HandoffException;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Outcome;
import dev.handoff.Payload;
import dev.handoff.Policy;
import dev.handoff.Priority;
import dev.handoff.Role;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Processing;
import dev.handoff.TaskState.Queued;
import dev.handoff.TaskType;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.Claimant;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.SubmitResult;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.engine.EngineFixture;
import dev.handoff.testing.store.RecordedEvents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node that has room starts a task in the commit of its submit, as it would have done a moment
/// later.
final class PostgresClaimantTest {
  private static final NodeId NODE = new NodeId("worker");

  private final TestClock clock = TestClock.atNine();
  private final TestDatabase data = EmptyDatabases.take();
  private final PostgresDatabase database =
      PostgresDatabase.open(
          PostgresSettings.at(data.url(), data.username(), data.password())
              .withNotifications(false));
  private final PostgresTaskStore store =
      PostgresTaskStore.open(database, clock, CallerTransaction.NONE);
  private final RecordedEvents told = new RecordedEvents();

  @BeforeEach
  void join() {
    store.join(new Node(NODE, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
    store.listen(told);
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
    EmptyDatabases.giveBack(data);
  }

  /// Has room for so many chats. The submit is answered before its tasks are started.
  private static final class ChatClaimant implements Claimant {
    private final int room;
    private final CompletableFuture<List<Claim>> claims = new CompletableFuture<>();

    ChatClaimant(int room) {
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
              claims.complete(started);
            }

            @Override
            public void close() {
              claims.complete(List.of());
            }
          });
    }

    List<Claim> claims() {
      return claims.orTimeout(10, TimeUnit.SECONDS).join();
    }

    List<TaskId> tasks() {
      return claims().stream().map(claim -> claim.lease().task()).toList();
    }
  }

  private boolean isQueued(NewTask task) {
    return store.find(task.id()).orElseThrow().state() instanceof Queued;
  }

  @Test
  void takesATaskAsItIsSubmitted() {
    NewTask task = aTask().at(clock.instant());
    ChatClaimant worker = new ChatClaimant(5);

    assertThat(store.submit(List.of(task), worker))
        .containsExactly(new SubmitResult(task.id(), SubmitResult.SubmitOrigin.NEW));

    assertThat(worker.tasks()).containsExactly(task.id());
    Claim claim = worker.claims().getFirst();
    assertThat(claim.request()).isEqualTo(task.request());
    assertThat(claim.attempt()).isEqualTo(1);
    assertThat(store.find(task.id()).orElseThrow().state())
        .isInstanceOfSatisfying(
            Processing.class, state -> assertThat(state.lease()).isEqualTo(claim.lease()));
    assertThat(store.held(NODE)).containsExactly(claim.lease());
    List<LoggedEvent> log = store.events(task.id(), 0, 10);
    assertThat(log.stream().map(each -> each.event().getClass()).toList())
        .isEqualTo(List.of(TaskSubmitted.class, AttemptStarted.class));
    assertThat(told.of(task.id())).isEqualTo(log);
    assertThat(told.work()).as("nothing waits").isZero();
  }

  @Test
  void takesAllOfOneCallOrNone() {
    List<NewTask> two = Stream.generate(() -> aTask().at(clock.instant())).limit(2).toList();
    List<NewTask> three = Stream.generate(() -> aTask().at(clock.instant())).limit(3).toList();
    ChatClaimant worker = new ChatClaimant(2);
    ChatClaimant another = new ChatClaimant(2);

    assertThat(store.submit(two, worker)).hasSize(2);
    assertThat(store.submit(three, another)).hasSize(3);

    assertThat(worker.tasks()).containsExactly(two.get(0).id(), two.get(1).id());
    assertThat(another.tasks()).isEmpty();
    assertThat(three).allMatch(this::isQueued);
    assertThat(told.work()).isEqualTo(1);
  }

  @Test
  void takesNothingWhileOthersWait() {
    NewTask first = aTask().withPriority(Priority.LOW).at(clock.instant());
    var _ = store.submit(List.of(first));
    NewTask task = aTask().withPriority(Priority.HIGH).at(clock.instant());
    ChatClaimant worker = new ChatClaimant(5);

    var _ = store.submit(List.of(task), worker);

    assertThat(worker.tasks()).isEmpty();
    assertThat(isQueued(task)).isTrue();
    assertThat(told.work()).isEqualTo(2);
  }

  @Test
  void writesWhatAClaimWouldHaveWritten() {
    NewTask started = aTask().withPriority(Priority.HIGH).announced().at(clock.instant());
    ChatClaimant worker = new ChatClaimant(5);
    var _ = store.submit(List.of(started), worker);
    Claim claim = worker.claims().getFirst();
    NewTask claimed = aTask().withPriority(Priority.HIGH).announced().at(clock.instant());
    var _ = store.submit(List.of(claimed));
    Claim other = store.claim(claimed.id(), NODE).orElseThrow();

    assertThat(columns(started)).isEqualTo(columns(claimed));
    assertThat(claim)
        .usingRecursiveComparison()
        .ignoringFields("lease.task", "lease.fence")
        .isEqualTo(other);
    assertThat(
            store.append(claim.lease(), List.of(new TaskCompleted(new Payload("{}"))), List.of()))
        .isTrue();
  }

  private String columns(NewTask task) {
    try (Connection connection = data.connect();
        PreparedStatement query =
            connection.prepareStatement(
                "select to_jsonb(t) - 'id' - 'fair_start' - 'fence' || jsonb_build_object("
                    + "'events', (select jsonb_agg(to_jsonb(e) - 'task_id' - 'body' || jsonb_build_object('body', cast(e.body as jsonb) - 'fence')) from handoff_event e where e.task_id = t.id),"
                    + "'first', (select to_jsonb(s) - 'task_id' from handoff_submitted s where s.task_id = t.id)) "
                    + "from handoff_task t where id = cast(? as uuid)")) {
      query.setString(1, task.id().toString());
      try (ResultSet rows = query.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void leavesWhatIsNotDueOrNotOfItsTypes() {
    NewTask later =
        aTask().startingAt(clock.instant().plus(Duration.ofMinutes(1))).at(clock.instant());
    NewTask foreign = aTask().ofType("video").at(clock.instant());
    ChatClaimant worker = new ChatClaimant(5);
    ChatClaimant another = new ChatClaimant(5);

    var _ = store.submit(List.of(later), worker);
    var _ = store.submit(List.of(foreign), another);

    assertThat(worker.tasks()).isEmpty();
    assertThat(another.tasks()).isEmpty();
    assertThat(isQueued(later)).isTrue();
    assertThat(isQueued(foreign)).isTrue();
    assertThat(told.work()).isEqualTo(2);
  }

  @Test
  void takesNothingWithASubmitThatIsRefused() {
    NewTask waiting = aTask().at(clock.instant());
    var _ = store.submit(List.of(waiting));
    ChatClaimant worker = new ChatClaimant(5);

    assertThatThrownBy(() -> store.submit(List.of(waiting), worker))
        .isInstanceOf(HandoffException.class);

    assertThat(worker.tasks()).isEmpty();
    assertThat(isQueued(waiting)).isTrue();
    assertThat(store.held(NODE)).isEmpty();
  }

  @Test
  void takesNothingForANodeThatIsNotKnown() {
    store.leave(NODE);
    NewTask task = aTask().at(clock.instant());
    ChatClaimant worker = new ChatClaimant(5);

    var _ = store.submit(List.of(task), worker);

    assertThat(worker.tasks()).isEmpty();
    assertThat(isQueued(task)).isTrue();
  }

  @Test
  void anIdleEngineNeedsNoWakeUp() {
    TaskType<String, String> type = EngineFixture.type("chat", Policy.DEFAULTS);
    try (EngineFixture engines = new EngineFixture(store)) {
      Handoff engine =
          engines.start(HandoffConfig.defaults(), type, (request, _) -> Outcome.done(request));
      // Once its first look for work is over.
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() -> {
            int before = told.work();
            engines.awaitEnd(engine.submit(type, "x", EngineFixture.BY_ASHA));
            return told.work() == before;
          });
    }
  }

  @Test
  void neverRunsMoreThanThereAreSlots() throws Exception {
    int slots = 2;
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    try (EngineFixture engines = new EngineFixture(store);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Handoff engine =
          engines.start(
              HandoffConfig.defaults().withConcurrency(slots),
              EngineFixture.type("chat", Policy.DEFAULTS),
              (request, context) -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                var _ = context.step("a moment", String.class, () -> request);
                running.decrementAndGet();
                done.incrementAndGet();
                return Outcome.done(request);
              });
      for (int caller = 0; caller < 4; caller++) {
        var _ =
            callers.submit(() -> {
              for (int i = 0; i < 50; i++) {
                var _ =
                    engine.submit(
                        EngineFixture.type("chat", Policy.DEFAULTS), "x", EngineFixture.BY_ASHA);
              }
            });
      }
      await().atMost(EngineFixture.PATIENCE).until(() -> done.get() == 200);
    }
    assertThat(most.get()).isLessThanOrEqualTo(slots);
  }
}
