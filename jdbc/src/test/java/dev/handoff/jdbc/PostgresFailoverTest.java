package dev.handoff.jdbc;

import static dev.handoff.testing.store.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.EngineEvent.TasksRescued;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.HandoffException;
import dev.handoff.Lease;
import dev.handoff.LeaseTerms;
import dev.handoff.NodeId;
import dev.handoff.Outcome;
import dev.handoff.Role;
import dev.handoff.Submission;
import dev.handoff.TaskContext;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.sql.Uninterrupted;
import dev.handoff.store.NewTask;
import dev.handoff.store.Node;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.PostgresServer.Durability;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The server dies while two nodes work, and its standby takes over.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class PostgresFailoverTest {
  private static final TaskType<String, String> TALE =
      TaskType.of("tale", String.class, String.class);
  private static final Submission BY_ASHA = Submission.by("asha");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String STANDBY = "standby";
  private static final HandoffConfig CONFIG =
      HandoffConfig.defaults()
          .withDrain(Duration.ZERO)
          .withLease(new LeaseTerms(Duration.ofSeconds(10), Duration.ofSeconds(1)));

  private final PostgresServer primary = PostgresServer.own(Durability.UNSYNCED);
  private final TestDatabase before = primary.newDatabase();
  private final PostgresServer standby = primary.startStandby(STANDBY);
  private final TestDatabase data = before.orOn(standby);
  private final Cluster cluster = new Cluster(data);
  private final Collection<TaskId> acknowledged = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    cluster.close();
    standby.close();
    primary.close();
  }

  @Test
  void withASynchronousStandbyNothingIsLostAndNothingDoneTwice() throws Exception {
    List<Handoff> nodes = start();
    primary.waitForStandby(STANDBY);
    try (Load load = new Load(nodes)) {
      load.await(100);
      primary.crash();
      standby.promote();
      load.await(100);
    }

    for (TaskId task : acknowledged) {
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(HandoffException.class)
          .until(() -> nodes.getFirst().find(task).orElseThrow().isTerminal());
      assertThat(nodes.getFirst().find(task).orElseThrow().state()).isInstanceOf(Completed.class);
    }
    assertThat(numbers("select count(*) from told group by task having count(*) > 1")).isEmpty();
    assertThat(tasks("select distinct task from told")).containsAll(acknowledged);
    assertEverythingEnds();
    assertThat(cluster.reported(TasksRescued.class)).isEmpty();
  }

  @Test
  void withAnAsynchronousStandbyTheTailMayGoAndTheRestEnds() throws Exception {
    List<Handoff> nodes = start();
    Set<TaskId> replicated;
    Set<TaskId> tail;
    try (Load load = new Load(nodes)) {
      load.await(100);
      replicated = Set.copyOf(acknowledged);
      awaitOnStandby(replicated);
      standby.stopFollowing();
      load.await(100);
      primary.crash();
      tail = new HashSet<>(acknowledged);
      standby.promote();
      load.await(100);
    }

    assertEverythingEnds();
    Set<TaskId> kept = tasks("select id as task from handoff_task");
    assertThat(kept).containsAll(replicated);
    assertThat(tail).anyMatch(task -> !kept.contains(task));
    assertThat(acknowledged.stream().filter(task -> !tail.contains(task))).allMatch(kept::contains);
    assertThat(numbers("select count(*) from told group by task having count(*) > 1")).isEmpty();
    assertThat(tasks("select distinct task from told")).containsExactlyInAnyOrderElementsOf(kept);
    assertThat(acknowledged).doesNotHaveDuplicates();
  }

  @Test
  void aLeaseOfTheLostTailIsNotGivenAgain() {
    NodeId node = new NodeId("node");
    TimeSource clock = TimeSource.system();
    try (PostgresDatabase database = PostgresDatabase.open(PostgresHarness.settings(data));
        PostgresTaskStore store = PostgresTaskStore.open(database, clock, CallerTransaction.NONE)) {
      store.join(new Node(node, Role.ALL), Duration.ofMinutes(5));
      NewTask task = aTask().at(clock.instant());
      store.submit(List.of(task));
      awaitOnStandby(Set.of(task.id()));
      standby.stopFollowing();
      Lease lost = store.claim(task.id(), node).orElseThrow().lease();
      primary.crash();
      standby.promote();

      Lease given =
          await()
              .atMost(PATIENCE)
              .ignoreExceptionsInstanceOf(HandoffException.class)
              .until(() -> store.claim(task.id(), node), Optional::isPresent)
              .orElseThrow()
              .lease();

      assertThat(given).isNotEqualTo(lost);
      assertThat(store.append(lost, List.of(), List.of())).isFalse();
    }
  }

  private List<Handoff> start() throws SQLException {
    List<Handoff> nodes =
        Stream.of(1, 2).map(_ -> cluster.start(CONFIG, TALE.handledBy(this::tell))).toList();
    execute("create table told (task uuid not null)");
    return nodes;
  }

  private Outcome<String> tell(String request, TaskContext context) {
    SqlEffect told =
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement("insert into told (task) values (?)")) {
            insert.setObject(1, context.taskId().value());
            insert.executeUpdate();
          }
        };
    context.emit("once upon a time");
    return Outcome.done(request, told);
  }

  /// Submits on both nodes without a pause, and keeps what was acknowledged.
  private final class Load implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    Load(List<Handoff> nodes) {
      nodes.forEach(
          node -> threads.add(Thread.ofPlatform().daemon().start(() -> submitAlways(node))));
    }

    private void submitAlways(Handoff node) {
      while (!over) {
        try {
          acknowledged.add(node.submit(TALE, "tale", BY_ASHA));
        } catch (HandoffException refused) {
          // Nobody was told that it is stored.
          Thread.onSpinWait();
        }
      }
    }

    /// Waits until so many more are acknowledged.
    void await(int more) {
      int until = acknowledged.size() + more;
      org.awaitility.Awaitility.await().atMost(PATIENCE).until(() -> acknowledged.size() >= until);
    }

    @Override
    public void close() {
      over = true;
      threads.forEach(thread -> Uninterrupted.run(thread::join));
    }
  }

  private void assertEverythingEnds() throws SQLException {
    await()
        .atMost(PATIENCE)
        .until(() ->
            numbers("select 1 from handoff_task where state in ('queued', 'processing')")
                .isEmpty());
    assertThat(numbers("select 1 from handoff_task where state <> 'completed'")).isEmpty();
  }

  private void awaitOnStandby(Set<TaskId> tasks) {
    TestDatabase onStandby = before.on(standby);
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(() -> tasks(onStandby, "select id as task from handoff_task").containsAll(tasks));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Set<TaskId> tasks(String sql) throws SQLException {
    return tasks(data, sql);
  }

  private static Set<TaskId> tasks(TestDatabase data, String sql) throws SQLException {
    Set<TaskId> tasks = new HashSet<>();
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        tasks.add(TaskId.parse(rows.getString("task")).orElseThrow());
      }
    }
    return tasks;
  }

  private List<Long> numbers(String sql) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    return numbers;
  }
}
