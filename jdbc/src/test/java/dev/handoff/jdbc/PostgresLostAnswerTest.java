package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.HandoffException;
import dev.handoff.Lease;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Role;
import dev.handoff.StoreUnavailableException;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptStarted;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.TaskCancelled;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskEvent.TaskRescued;
import dev.handoff.TaskEvent.TaskRetried;
import dev.handoff.TaskEvent.TaskSubmitted;
import dev.handoff.TaskId;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.store.RescueResult;
import dev.handoff.store.StoreListener;
import dev.handoff.store.SubmitResult;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.store.UnusedOffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The server commits, and nobody hears its answer: what was asked for is done once all the same.
final class PostgresLostAnswerTest {
  private static final NodeId NODE = new NodeId("worker");

  private final TestClock clock = TestClock.atNine();
  private final TestDatabase data = EmptyDatabases.take();
  private final LosingProxy proxy = LosingProxy.before(data);
  private final PostgresDatabase database =
      PostgresDatabase.open(
          PostgresSettings.at(
                  proxy.url() + "?options=-c%20statement_timeout=2000",
                  data.username(),
                  data.password())
              .withConnections(6)
              .withNotifications(false));
  private final PostgresTaskStore store =
      PostgresTaskStore.open(database, clock, CallerTransaction.NONE);

  @BeforeEach
  void join() {
    store.join(new Node(NODE, Role.ALL), clock.instant().plus(Duration.ofHours(1)));
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
    proxy.close();
    EmptyDatabases.giveBack(data);
  }

  private Lease started() {
    var _ = store.submit(List.of(aTask().at(clock.instant())));
    return store.claim(new ClaimRequest(NODE, List.of(new Room("chat", 1)), 1)).getFirst().lease();
  }

  private void assertEvents(TaskId task, List<Class<? extends TaskEvent>> kinds) {
    assertThat(proxy.losses()).isEqualTo(1);
    List<LoggedEvent> events = store.events(task, 0, 100);
    assertThat(events).extracting(LoggedEvent::seq).doesNotHaveDuplicates();
    assertThat(events.stream().map(each -> each.event().getClass()).toList()).isEqualTo(kinds);
  }

  @Test
  void aSubmitIsStoredOnce() {
    NewTask task = aTask().at(clock.instant());
    proxy.lose("INSERT 0 1");

    assertThat(store.submit(List.of(task)))
        .containsExactly(new SubmitResult(task.id(), SubmitResult.SubmitOrigin.NEW));

    assertEvents(task.id(), List.of(TaskSubmitted.class));
  }

  private Lease leaseInLog(TaskId task) {
    return ((AttemptStarted) store.events(task, 1, 1).getFirst().event()).lease();
  }

  @Test
  void aTaskThatWasStartedWithItsSubmitIsStoredOnceAndHeld() {
    NewTask task = aTask().at(clock.instant());
    ClaimRequest request = new ClaimRequest(NODE, List.of(new Room("chat", 1)), 1);
    proxy.lose("INSERT 0 1");

    assertThat(store.submit(List.of(task), () -> Optional.of(new UnusedOffer(request))))
        .containsExactly(new SubmitResult(task.id(), SubmitResult.SubmitOrigin.NEW));

    assertEvents(task.id(), List.of(TaskSubmitted.class, AttemptStarted.class));
    // What a node holds and does not know of it hands back.
    assertThat(store.held(NODE)).containsExactly(leaseInLog(task.id()));
  }

  @Test
  void aSubmitThatOthersMayJoinIsNotJoinedToItself() {
    NewTask task = aTask().joinedBy("same question").at(clock.instant());
    proxy.lose("SELECT 1");

    assertThat(store.submit(List.of(task)))
        .containsExactly(new SubmitResult(task.id(), SubmitResult.SubmitOrigin.NEW));

    assertEvents(task.id(), List.of(TaskSubmitted.class));
  }

  @Test
  void aReportIsWrittenOnce() {
    Lease lease = started();
    proxy.lose("SELECT 1");

    assertThat(store.append(lease, List.of(new ChunkEmitted("x = 2")), List.of())).isTrue();

    assertEvents(
        lease.task(), List.of(TaskSubmitted.class, AttemptStarted.class, ChunkEmitted.class));
  }

  private void reportInDoubt(Lease lease) {
    proxy.loseAll("SELECT 1");
    assertThatThrownBy(() -> store.append(lease, List.of(new ChunkEmitted("x = 2")), List.of()))
        .isInstanceOf(StoreUnavailableException.class);
    proxy.back();
    await()
        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
        .until(() -> store.find(lease.task()).isPresent());
  }

  @Test
  void aReportIsWrittenOnceWhateverElseFailsBeforeItIsRepeated() throws SQLException {
    Lease lease = started();
    reportInDoubt(lease);
    LockFixture locks = new LockFixture(data);
    try (Connection _ =
        locks.holding("select * from handoff_task where id = '" + lease.task() + "' for update")) {
      assertThatThrownBy(() -> store.cancel(lease.task(), "not wanted"))
          .isInstanceOf(HandoffException.class);
    }

    assertThat(store.append(lease, List.of(new ChunkEmitted("x = 2")), List.of())).isTrue();

    assertEvents(
        lease.task(), List.of(TaskSubmitted.class, AttemptStarted.class, ChunkEmitted.class));
  }

  @Test
  void aReportThatWasWrittenIsFoundBehindACancel() {
    Lease lease = started();
    reportInDoubt(lease);
    assertThat(store.cancel(lease.task(), "not wanted")).isTrue();

    assertThat(store.append(lease, List.of(new ChunkEmitted("x = 2")), List.of())).isTrue();

    assertEvents(
        lease.task(),
        List.of(
            TaskSubmitted.class, AttemptStarted.class, ChunkEmitted.class, TaskCancelled.class));
  }

  @Test
  void aReportThatWasNotWrittenIsNotTakenForACancelOfTheSameNumber() throws SQLException {
    Lease lease = started();
    TaskEvent cancelled = new TaskCancelled("the handler's own");
    LockFixture locks = new LockFixture(data);
    locks.execute(
        "create or replace function refuse() returns trigger language plpgsql as $$ begin"
            + " if new.body like '%own%' then raise exception using errcode = '57014'; end if;"
            + " return new; end $$");
    locks.execute(
        "create trigger refuse before insert on handoff_event for each row execute function"
            + " refuse()");
    assertThatThrownBy(() -> store.append(lease, List.of(cancelled), List.of()))
        .isInstanceOf(HandoffException.class);
    locks.execute("drop trigger refuse on handoff_event");
    assertThat(store.cancel(lease.task(), "somebody's")).isTrue();

    assertThat(store.append(lease, List.of(cancelled), List.of())).isFalse();
  }

  @Test
  void aRescueStillTellsThatThereIsWork() {
    Lease lease = started();
    clock.advance(Duration.ofHours(2));
    AtomicInteger told = new AtomicInteger();
    store.listen(
        new StoreListener() {
          @Override
          public void onEvents(TaskId task, List<LoggedEvent> events) {}

          @Override
          public void onTasksDue() {
            told.incrementAndGet();
          }
        });
    proxy.lose("COMMIT");

    assertThat(store.rescue(new NodeId("other"), 10))
        .as("what the second run found")
        .isEqualTo(new RescueResult(0, 0));

    assertThat(told).hasPositiveValue();
    assertEvents(
        lease.task(), List.of(TaskSubmitted.class, AttemptStarted.class, TaskRescued.class));
  }

  @Test
  void aStepIsRemembered() {
    Lease lease = started();
    proxy.lose("SELECT 1");

    assertThat(store.saveStep(lease, "ask", new Payload("\"42\""))).isTrue();

    assertThat(proxy.losses()).isEqualTo(1);
    assertThat(store.step(lease.task(), "ask")).contains(new Payload("\"42\""));
  }

  @Test
  void aCancelIsMadeOnce() {
    Lease lease = started();
    proxy.lose("SELECT 1");

    assertThat(store.cancel(lease.task(), "not wanted")).isTrue();

    assertEvents(
        lease.task(), List.of(TaskSubmitted.class, AttemptStarted.class, TaskCancelled.class));
  }

  @Test
  void aRetryIsMadeOnce() {
    Lease lease = started();
    Failure failure = new Failure(FailureKind.REFUSED, "no luck");
    assertThat(store.append(lease, List.of(new TaskFailed(failure)), List.of())).isTrue();
    proxy.lose("SELECT 1");

    assertThat(store.retry(lease.task())).isTrue();

    assertEvents(
        lease.task(),
        List.of(TaskSubmitted.class, AttemptStarted.class, TaskFailed.class, TaskRetried.class));
  }

  @Test
  void anEffectHappensOnce() throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists lost_answer (task text not null)");
    }
    Lease lease = started();
    SqlEffect effect =
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement("insert into lost_answer (task) values (?)")) {
            insert.setString(1, lease.task().toString());
            insert.executeUpdate();
          }
        };
    proxy.lose("COMMIT");

    TaskEvent done = new TaskCompleted(new Payload("\"42\""));
    assertThat(store.append(lease, List.of(done), List.of(effect))).isTrue();

    assertEvents(
        lease.task(), List.of(TaskSubmitted.class, AttemptStarted.class, TaskCompleted.class));
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select task from lost_answer")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(lease.task().toString());
      assertThat(rows.next()).isFalse();
    }
  }
}
