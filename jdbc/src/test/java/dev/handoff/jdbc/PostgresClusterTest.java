package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.EngineEvent.LeaseLapsed;
import dev.handoff.EngineEvent.TasksRescued;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.LeaseTerms;
import dev.handoff.LoggedEvent;
import dev.handoff.Outcome;
import dev.handoff.Payload;
import dev.handoff.Policy;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.TaskContext;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import dev.handoff.TaskState;
import dev.handoff.TaskStatus;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.engine.FollowedTask;
import dev.handoff.testing.engine.OwnerSeen;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two nodes on one database. Bounds are generous, because the machine may be busy; what was
/// measured is printed.
final class PostgresClusterTest {
  private static final TaskType<String, String> TALE =
      TaskType.of("tale", String.class, String.class);
  private static final Submission BY_ASHA = Submission.by("asha");
  private static final int CHUNKS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HandoffConfig WORKER = HandoffConfig.defaults().withRole(Role.WORKER);
  private static final HandoffConfig API = HandoffConfig.defaults().withRole(Role.API);

  private final TestDatabase data = EmptyDatabases.take();
  private final Cluster cluster = new Cluster(data);
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void close() {
    cluster.close();
    EmptyDatabases.giveBack(data);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFollowerOfOneNodeSeesATaskOfTheOther(boolean notifications) {
    cluster.withNotifications(notifications);
    var _ = cluster.start(WORKER, TALE.handledBy(this::tell));
    Handoff api = cluster.start(API, TALE.handledBy(this::tell));
    List<LoggedEvent> seen = new CopyOnWriteArrayList<>();
    List<Long> waits = new CopyOnWriteArrayList<>();

    TaskId task = api.submit(TALE, "once upon a time", BY_ASHA);
    var _ =
        api.follow(
            task,
            0,
            events -> {
              long now = System.nanoTime();
              for (LoggedEvent line : events) {
                if (line.event() instanceof ChunkEmitted(String sent)) {
                  waits.add(millisBetween(Long.parseLong(sent), now));
                }
              }
              seen.addAll(events);
            });
    await()
        .atMost(PATIENCE)
        .until(() -> !seen.isEmpty() && seen.getLast().event() instanceof TaskCompleted);

    assertThat(seen.stream().map(LoggedEvent::seq))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, seen.size()).boxed().toList());
    assertThat(seen).isEqualTo(api.events(task, 0, 1_000));
    assertThat(waits).hasSize(CHUNKS);
    print("chunk seen on the other node", notifications, waits);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFollowerOfOneNodeHearsHowATaskOfTheOtherEndedThatIsNotKept(boolean notifications) {
    cluster.withNotifications(notifications);
    TaskType<String, String> secret = TALE.withPolicy(Policy.DEFAULTS.withRetention(Duration.ZERO));
    var _ = cluster.start(WORKER, secret.handledBy((_, _) -> Outcome.done("told")));
    Handoff api = cluster.start(API, secret.handledBy((_, _) -> Outcome.done("told")));
    FollowedTask seen = new FollowedTask();

    TaskId task = api.submit(secret, "in confidence", BY_ASHA);
    var _ = api.follow(task, 0, seen);

    await().atMost(PATIENCE).until(() -> api.status().followers() == 0);
    assertThat(seen.events().getLast().event()).isEqualTo(new TaskCompleted(new Payload("told")));
    assertThat(api.find(task)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoFollowsAnOwnerOnOneNodeSeesTheTasksOfTheOther(boolean notifications) {
    cluster.withNotifications(notifications);
    var worker = cluster.start(WORKER, TALE.handledBy(this::tell));
    Handoff api = cluster.start(API, TALE.handledBy(this::tell));
    OwnerSeen seen = new OwnerSeen();
    var _ = api.followOwner(new TaskOwner("asha", null), Optional.empty(), seen);
    await().atMost(PATIENCE).until(() -> seen.upTo().isPresent());
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long submitted = System.nanoTime();
      TaskId task = worker.submit(TALE, "once upon a time", BY_ASHA);
      await().atMost(PATIENCE).until(() -> seen.tasks().contains(task));
      waits.add(millisBetween(submitted, System.nanoTime()));
      await()
          .atMost(PATIENCE)
          .until(() -> seen.status(task).equals(Optional.of(TaskStatus.COMPLETED)));
    }
    assertThat(seen.wentBack()).isEmpty();
    print("new task seen on the other node", notifications, waits);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCancelOnOneNodeStopsTheHandlerOnTheOther(boolean notifications) {
    cluster.withNotifications(notifications);
    List<Long> stopped = new CopyOnWriteArrayList<>();
    List<Long> running = new CopyOnWriteArrayList<>();
    var worker =
        cluster.start(
            WORKER,
            TALE.handledBy((_, _) -> {
              running.add(System.nanoTime());
              try {
                never.await();
              } catch (InterruptedException e) {
                stopped.add(System.nanoTime());
                throw e;
              }
              return Outcome.done("never");
            }));
    Handoff api = cluster.start(API, TALE.handledBy(this::tell));
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int before = i;
      TaskId task = api.submit(TALE, "a long one", BY_ASHA);
      await().atMost(PATIENCE).until(() -> running.size() > before);

      long cancelled = System.nanoTime();
      assertThat(api.cancel(task, "enough")).isTrue();
      await().atMost(PATIENCE).until(() -> stopped.size() > before);

      waits.add(millisBetween(cancelled, stopped.getLast()));
      assertThat(worker.find(task).orElseThrow().state()).isInstanceOf(TaskState.Cancelled.class);
    }
    await().atMost(PATIENCE).until(() -> worker.status().attempts() == 0);
    print("cancel reached the other node", notifications, waits);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSubmitOnOneNodeWakesTheOther(boolean notifications) {
    cluster.withNotifications(notifications);
    List<Long> started = new CopyOnWriteArrayList<>();
    var _ =
        cluster.start(
            WORKER,
            TALE.handledBy((_, _) -> {
              started.add(System.nanoTime());
              return Outcome.done("told");
            }));
    Handoff api = cluster.start(API, TALE.handledBy(this::tell));
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int before = i;
      long submitted = System.nanoTime();
      var _ = api.submit(TALE, "short", BY_ASHA);
      // The dispatcher's own safety net would take 30 s.
      await().atMost(PATIENCE).until(() -> started.size() > before);
      waits.add(millisBetween(submitted, started.getLast()));
    }
    print("submit woke the other node", notifications, waits);
  }

  @Test
  void aNodeWhoseSessionIsCutOffKeepsItsTasks() {
    // Before that, nothing is concluded from a lock that nobody holds.
    await().atMost(PATIENCE).until(this::serverIsOlderThanTenSeconds);
    HandoffConfig patient = longLease(HandoffConfig.defaults());
    Handoff one = cluster.start(patient, TALE.handledBy(this::hang));
    Handoff other = cluster.start(patient, TALE.handledBy(this::hang));
    List<TaskId> tasks = one.submitAll(TALE, List.of("a", "b", "c", "d"), BY_ASHA);
    await().atMost(PATIENCE).until(() -> attempts(one, other) == tasks.size());

    for (int i = 0; i < 4; i++) {
      assertThat(data.endSessions("handoff session")).isPositive();
      await().atMost(PATIENCE).until(() -> locks() == 2);
      await()
          .during(Duration.ofMillis(1_300))
          .atMost(PATIENCE)
          .until(() -> attempts(one, other) == tasks.size());
    }

    assertThat(cluster.reported(TasksRescued.class)).isEmpty();
    assertThat(attempts(one, other)).isEqualTo(tasks.size());
    assertThat(tasks).allSatisfy(task -> assertThat(attempt(one, task)).isEqualTo(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void aNodeWhoseClockIsWrongRescuesNobody(long hours) {
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(6), Duration.ofMillis(300));
    Handoff right =
        cluster.start(WORKER.withLease(terms).withDrain(Duration.ZERO), TALE.handledBy(this::hang));
    TaskId task = right.submit(TALE, "a", BY_ASHA);
    await().atMost(PATIENCE).until(() -> right.status().attempts() == 1);

    cluster.withLocalTime(new Skewed(Duration.ofHours(hours)));
    Handoff wrong =
        cluster.start(
            HandoffConfig.defaults().withLease(terms).withDrain(Duration.ZERO),
            TALE.handledBy(this::hang));
    List<TaskId> more = wrong.submitAll(TALE, List.of("b", "c", "d"), BY_ASHA);
    await().atMost(PATIENCE).until(() -> attempts(right, wrong) == 4);
    await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> attempts(right, wrong) == 4);

    assertThat(cluster.reported(TasksRescued.class)).isEmpty();
    assertThat(cluster.reported(LeaseLapsed.class)).isEmpty();
    assertThat(attempts(right, wrong)).isEqualTo(4);
    assertThat(attempt(right, task)).isEqualTo(1);
    assertThat(more)
        .allSatisfy(id ->
            assertThat(wrong.find(id).orElseThrow().timeline().createdAt())
                .isBetween(right.clock().instant().minusSeconds(60), right.clock().instant()));
  }

  private Outcome<String> tell(String request, TaskContext task) throws InterruptedException {
    for (int i = 0; i < CHUNKS; i++) {
      task.emit(Long.toString(System.nanoTime()));
      var _ = never.await(60, TimeUnit.MILLISECONDS);
    }
    return Outcome.done("told");
  }

  private Outcome<String> hang(String request, TaskContext task) throws InterruptedException {
    never.await();
    return Outcome.done("never");
  }

  private static HandoffConfig longLease(HandoffConfig config) {
    return config
        .withConcurrency(2)
        .withDrain(Duration.ZERO)
        .withLease(new LeaseTerms(Duration.ofMinutes(2), Duration.ofMillis(300)));
  }

  private static int attempts(Handoff one, Handoff other) {
    return one.status().attempts() + other.status().attempts();
  }

  private static int attempt(Handoff node, TaskId task) {
    return node.find(task).orElseThrow().activity().attempt();
  }

  private boolean serverIsOlderThanTenSeconds() {
    return number("select count(*) where now() > pg_postmaster_start_time() + interval '11 s'")
        == 1;
  }

  private long locks() {
    return number(
        "select count(*) from pg_locks where locktype = 'advisory' and objsubid = 1 and database ="
            + " (select oid from pg_database where datname = current_database())");
  }

  private long number(String sql) {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static long millisBetween(long from, long until) {
    return TimeUnit.NANOSECONDS.toMillis(until - from);
  }

  private static void print(String what, boolean notifications, List<Long> waits) {
    List<Long> sorted = waits.stream().sorted().toList();
    System.out.printf(
        "%s, notifications %s: median %d ms, longest %d ms%n",
        what, notifications ? "on" : "off", sorted.get(sorted.size() / 2), sorted.getLast());
  }

  /// A machine whose clock is wrong by so much.
  private record Skewed(Duration by) implements TimeSource {
    @Override
    public Instant instant() {
      return TimeSource.system().instant().plus(by);
    }

    @Override
    public void onJump(Runnable listener) {
      // Wrong all the time is no jump.
    }
  }
}
