package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Failure;
import dev.handoff.FailureKind;
import dev.handoff.GateLimits;
import dev.handoff.Gates;
import dev.handoff.NodeId;
import dev.handoff.Payload;
import dev.handoff.Priority;
import dev.handoff.Progress;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.AttemptFailed;
import dev.handoff.TaskEvent.AttemptSnoozed;
import dev.handoff.TaskEvent.ProgressReported;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskEvent.TaskFailed;
import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import dev.handoff.TaskQuery;
import dev.handoff.jdbc.postgres.PostgresRetry;
import dev.handoff.jdbc.postgres.PostgresTurns;
import dev.handoff.jdbc.postgres.TaskReads;
import dev.handoff.jdbc.postgres.TaskWrites;
import dev.handoff.jdbc.row.Announcements;
import dev.handoff.jdbc.row.WriteTransaction;
import dev.handoff.jdbc.sql.Millis;
import dev.handoff.jdbc.sql.SqlSession;
import dev.handoff.jdbc.sql.TextForm;
import dev.handoff.store.ChangeQuery;
import dev.handoff.store.Claim;
import dev.handoff.store.ClaimRequest;
import dev.handoff.store.ClaimRequest.Room;
import dev.handoff.store.Claimant;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.store.TaskDraft;
import dev.handoff.testing.store.UnusedOffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Asks a store everything that there is to ask.
final class PostgresPlanTraffic {
  private static final NodeId NODE = new NodeId("worker");
  private static final NodeId OTHER = new NodeId("other");
  private static final String OWNER = "owner-7";
  private static final String TENANT = "tenant-7";

  private final TestClock clock = TestClock.atNine();
  private final PostgresDatabase database;
  private int rounds;

  PostgresPlanTraffic(PostgresDatabase database) {
    this.database = database;
  }

  void send(int times) throws SQLException {
    rounds(times, this::read);
  }

  /// What makes its own tasks, whatever else there is.
  void submitAndClaim(int times) throws SQLException {
    rounds(times, _ -> {});
  }

  private interface StoreReads {
    void from(PostgresTaskStore store) throws SQLException;
  }

  private void rounds(int times, StoreReads reading) throws SQLException {
    try (PostgresTaskStore store =
        PostgresTaskStore.open(database, clock, CallerTransaction.NONE)) {
      for (int i = 0; i < times; i++) {
        clock.advance(Duration.ofSeconds(2));
        store.join(new Node(NODE, Role.ALL), clock.instant().plusSeconds(600));
        store.join(new Node(OTHER, Role.WORKER), clock.instant().plusSeconds(600));
        submit(store, rounds++);
        attempts(store);
        gates(store);
        reading.from(store);
        membership(store);
        afterLostAnswers(store);
      }
    }
  }

  private NewTask draft(TaskDraft draft) {
    return draft.at(clock.instant());
  }

  private void submit(PostgresTaskStore store, int time) {
    Instant soon = clock.instant().plusSeconds(1);
    TaskDraft known = aTask().inTenant(TENANT);
    var _ = store.submit(List.of(draft(known)));
    List<NewTask> several = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      several.add(draft(aTask().withPriority(priority)));
      several.add(draft(known.ofType("video").withPriority(priority)));
    }
    several.add(draft(aTask().startingAt(soon)));
    var _ = store.submit(several);
    var _ = store.submit(List.of(draft(aTask().ofType("late").startingBefore(soon))));
    var _ = store.submit(List.of(draft(aTask().joinedBy("join-1000000"))));
    var _ =
        store.submit(
            List.of(draft(aTask().joinedBy("new-" + time).cachedBy("new", Duration.ofDays(1)))));
    var _ = store.submit(List.of(draft(aTask().cachedBy("cache-11", Duration.ofDays(1)))));
    var _ = store.submit(List.of(draft(aTask().joinedBy("key:" + time))));
    TaskDraft saved = aTask().ofType("saved").replacing("saved-" + time);
    NewTask running = draft(saved);
    var _ = store.submit(List.of(running));
    assertThat(store.claim(running.id(), NODE)).isPresent();
    var _ = store.submit(List.of(draft(saved)));
    var _ = store.submit(List.of(draft(saved)));
    TaskDraft urgent = aTask().joinedBy("urgent-" + time);
    var _ = store.submit(List.of(draft(urgent.withPriority(Priority.LOW))));
    var _ = store.submit(List.of(draft(urgent.withPriority(Priority.HIGH))));
    var _ = store.submit(List.of(draft(aTask().ofType("quiet"))), new TypeClaimant("quiet"));
    TaskDraft silent = aTask().ofType("silent");
    var _ = store.submit(List.of(draft(silent), draft(silent)), new TypeClaimant("silent"));
    var _ = store.submit(List.of(draft(aTask())), new TypeClaimant("chat"));
  }

  private record TypeClaimant(String type) implements Claimant {
    @Override
    public Optional<Offer> offer() {
      return Optional.of(new UnusedOffer(request(5, type)));
    }
  }

  private static ClaimRequest request(int atMost, String... types) {
    return new ClaimRequest(
        NODE, Stream.of(types).map(type -> new Room(type, atMost)).toList(), atMost);
  }

  private void attempts(PostgresTaskStore store) {
    clock.advance(Duration.ofSeconds(2));
    Instant now = clock.instant();
    List<Claim> claims = store.claim(request(10, "chat", "video", "other"));
    assertThat(claims).hasSize(10);
    append(store, claims.get(0), new ProgressReported(new Progress(5, "begun", null)));
    assertThat(store.saveStep(claims.get(0).lease(), "first", new Payload("1"))).isTrue();
    append(store, claims.get(0), new TaskCompleted(new Payload("{}")));
    Failure failure = new Failure(FailureKind.TIMEOUT, "too slow");
    append(store, claims.get(1), new AttemptFailed(claims.get(1).attempt(), failure, now));
    append(store, claims.get(2), new AttemptSnoozed(now.plusSeconds(1), "later"));
    append(store, claims.get(3), new TaskFailed(failure));
    assertThat(store.retry(claims.get(3).lease().task())).isTrue();
    SqlEffect effect = connection -> {};
    assertThat(
            store.append(
                claims.get(4).lease(),
                List.of(new TaskCompleted(new Payload("{}"))),
                List.of(effect)))
        .isTrue();
    assertThat(store.cancel(claims.get(5).lease().task(), "enough")).isTrue();
    NewTask alone = draft(aTask().keptFor(Duration.ofSeconds(1)));
    var _ = store.submit(List.of(alone));
    append(
        store, store.claim(alone.id(), OTHER).orElseThrow(), new TaskCompleted(new Payload("{}")));
  }

  private static void append(PostgresTaskStore store, Claim claim, TaskEvent event) {
    assertThat(store.append(claim.lease(), List.of(event), List.of())).isTrue();
  }

  private void gates(PostgresTaskStore store) {
    Gates gates = store.gates();
    String name = "gate:" + rounds;
    gates.set("gate:*", GateLimits.concurrency(9));
    gates.set(
        name,
        GateLimits.concurrency(3)
            .starts(1_000, Duration.ofSeconds(1))
            .units(1_000, Duration.ofSeconds(1)));
    gates.gate(name).spend(1);
    store.queue().keepDurations("gated", List.of(Duration.ofSeconds(1)));
    assertThat(store.queue().durations("gated")).hasSize(1);
    gates.gate(name).closeUntil(clock.instant().plusSeconds(1), "busy");
    gates.close(name, clock.instant().plusSeconds(1), "busy");
    assertThat(gates.open(name)).isTrue();
    assertThat(gates.find(name)).isPresent();
    assertThat(gates.list("", 5)).isNotEmpty();
    TaskDraft gated = aTask().ofType("gated").with(Submission.by("behind-gates").through(name));
    NewTask first = draft(gated);
    var _ = store.submit(List.of(first, draft(gated), draft(gated)));
    assertThat(store.queue().line("gated", List.of(name)).waiting()).hasSize(3);
    assertThat(store.claim(first.id(), NODE)).isPresent();
    List<Claim> claims = store.claim(request(5, "gated", "other"));
    assertThat(claims).hasSize(2);
    claims.forEach(claim -> append(store, claim, new TaskCompleted(new Payload("{}"))));
    assertThat(store.claim(request(5, "gated", "other"))).isEmpty();
    assertThat(gates.remove(name)).isTrue();
  }

  private void read(PostgresTaskStore store) {
    TaskId task = store.list(TaskQuery.by(OWNER), Optional.empty(), 20).getFirst().id();
    Optional<TaskId> before = Optional.of(task);
    for (TaskQuery query :
        List.of(
            TaskQuery.EVERYTHING,
            TaskQuery.by(OWNER),
            TaskQuery.EVERYTHING.inTenant(TENANT),
            TaskQuery.by(OWNER).inTenant(TENANT),
            TaskQuery.by(OWNER).ofType("chat"),
            TaskQuery.by("nobody"))) {
      var _ = store.list(query, Optional.empty(), 20);
      var _ = store.list(query, before, 20);
    }
    assertThat(store.find(task)).isPresent();
    assertThat(store.findAll(Set.of(task))).hasSize(1);
    assertThat(store.summaries(List.of(task))).hasSize(1);
    assertThat(store.request(task)).isPresent();
    assertThat(store.events(task, 0, 100)).isNotEmpty();
    assertThat(store.step(task, "none")).isEmpty();
    Instant since = clock.instant().minusSeconds(10);
    var _ = store.changes(ChangeQuery.of(new TaskOwner(OWNER, null), since), 20);
    var _ = store.newest(List.of(OWNER, "nobody"), task, 20);
    assertThat(store.nextDue(List.of("chat", "video", "other"))).isPresent();
    assertThat(store.nextDue(List.of("other"))).isEmpty();
  }

  private void membership(PostgresTaskStore store) {
    assertThat(store.renew(NODE, clock.instant().plusSeconds(600))).isTrue();
    assertThat(store.held(NODE)).isNotEmpty();
    assertThat(store.hasWorkers()).isTrue();
    assertThat(store.typeCoverage().waiting()).isNotEmpty();
    var _ = store.claim(new ClaimRequest(OTHER, List.of(new Room("video", 2)), 2));
    store.leave(OTHER);
    var _ = store.rescue(NODE, 5);
    assertThat(store.cancelLate(5)).isEqualTo(1);
    var _ = store.announceEnds(Optional.empty(), 5, _ -> true);
    var _ = store.purge(5);
  }

  private void afterLostAnswers(PostgresTaskStore store) throws SQLException {
    Claim claim = store.claim(request(1, "chat")).getFirst();
    append(store, claim, new TaskFailed(new Failure(FailureKind.REFUSED, "no")));
    TaskId task = claim.lease().task();
    PostgresRetry retry = new PostgresRetry(task, new PostgresTurns());
    try (Connection connection = database.dataSource().getConnection();
        SqlSession session = new SqlSession(connection, TextForm.WITHOUT_NUL)) {
      for (int i = 0; i < 2; i++) {
        assertThat(
                retry.run(
                    new WriteTransaction(
                        session, Millis.truncated(clock.instant()), new Announcements())))
            .isTrue();
      }
      assertThat(TaskReads.asTheyAre(session, List.of(task))).hasSize(1);
      assertThat(TaskWrites.unlocked(session, List.of(task))).hasSize(1);
    }
  }
}
