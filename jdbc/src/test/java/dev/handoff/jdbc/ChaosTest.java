package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Role;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.PostgresServer.Keeping;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several worker processes on one database, of which now one is killed, now one is frozen for
/// longer than its lease, now connections are cut or the server crashes, while tasks come in from
/// this process. `docs/reliability.md` says how to run it for longer.
final class ChaosTest {
  private static final int TASKS = Integer.getInteger("handoff.chaos.tasks", 5_000);
  private static final Duration CHAOS =
      Duration.ofSeconds(
          Math.round(Double.parseDouble(System.getProperty("handoff.chaos.minutes", "0.25")) * 60));
  private static final Duration CALM = Duration.ofSeconds(90);
  private static final List<ChaosNode.Kind> KINDS =
      List.copyOf(EnumSet.allOf(ChaosNode.Kind.class));
  private static final int BATCH = 20;
  private static final int BATCHES_TO_A_CANCEL = 4;

  @TempDir private Path folder;
  private final ConcurrentLinkedQueue<TaskId> taken = new ConcurrentLinkedQueue<>();
  private final Set<TaskId> cancelled = ConcurrentHashMap.newKeySet();
  private final CountDownLatch never = new CountDownLatch(1);

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void nothingIsLostAndNothingHappensTwice(int nodes) throws Exception {
    long seed = Long.getLong("handoff.seed", System.nanoTime());
    System.out.println("handoff.seed=" + seed);
    Random random = new Random(seed);
    try (PostgresServer server = PostgresServer.own(Keeping.UNSYNCED)) {
      TestDatabase data = server.newDatabase();
      try (PostgresDatabase database =
              PostgresDatabase.open(
                  PostgresSettings.at(data.url(), data.username(), data.password())
                      .withConnections(8));
          PostgresTaskStore store = PostgresTaskStore.open(database, CallerTransaction.NONE);
          ChaosCluster cluster = new ChaosCluster(server, data, folder, random)) {
        prepare(data);
        for (int i = 0; i < nodes; i++) {
          cluster.start();
        }
        cluster.awaitStarted();
        int refusals = submitAmidChaos(store, cluster, random);
        cluster.calm();
        long stuck = awaitEnd(data);
        ChaosCheck check = check(store, cluster, data);
        System.out.printf(
            "chaos: tasks=%d cancels=%d refusals=%d %s nodes=%d fallen=%d stuck=%d wrong=%d%n",
            taken.size(),
            cancelled.size(),
            refusals,
            cluster.summary(),
            cluster.started(),
            cluster.fallen().size(),
            stuck,
            check.wrong().size());
        System.out.println(attempts(data));
        long rescued =
            Long.parseLong(
                text(
                    data,
                    "select count(*) from handoff_event where body like '%\"taskRescued\"%'"));
        System.out.println("rescued: " + rescued);

        assertThat(check.wrong()).isEmpty();
        assertThat(rescued).as("attempts that were struck").isPositive();
        assertThat(stuck).isZero();
        assertThat(cluster.fallen()).isEmpty();
      }
    }
  }

  private static void prepare(TestDatabase data) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      // Without a unique key, so that whatever happens twice can be seen.
      statement.execute("create table chaos_effect (task text not null)");
    }
  }

  private int submitAmidChaos(PostgresTaskStore store, ChaosCluster cluster, Random random)
      throws Exception {
    List<HandledType<?, ?>> types = new ArrayList<>();
    for (ChaosNode.Kind kind : KINDS) {
      types.add(kind.type().handledBy((_, _) -> Outcome.done("never here")));
    }
    Random kinds = new Random(random.nextLong());
    int[] refusals = {0};
    try (Handoff api = Handoff.start(store, types, ChaosNode.CONFIG.withRole(Role.API))) {
      long begin = System.nanoTime();
      Thread submits =
          Thread.ofPlatform().name("submits").start(() -> refusals[0] = submitAll(api, kinds));
      while (System.nanoTime() - begin < CHAOS.toNanos()) {
        pause(random.nextInt(200, 1_500));
        cluster.strike();
      }
      submits.join();
    }
    return refusals[0];
  }

  // Spread over four fifths of the time. What is refused is not asked for again: whether it was
  // stored is not known, and if it was, it must end like all others.
  private int submitAll(Handoff api, Random kinds) {
    int refusals = 0;
    long between = CHAOS.toMillis() * 4 / 5 * BATCH / TASKS;
    while (taken.size() < TASKS) {
      ChaosNode.Kind kind = KINDS.get(kinds.nextInt(KINDS.size()));
      try {
        List<TaskId> batch =
            api.submitAll(kind.type(), Collections.nCopies(BATCH, "chaos"), Submission.by("asha"));
        taken.addAll(batch);
        pause(between);
        if (kinds.nextInt(BATCHES_TO_A_CANCEL) == 0) {
          // Noted first, for a cancel whose answer is lost may have happened.
          TaskId unwanted = batch.get(kinds.nextInt(BATCH));
          cancelled.add(unwanted);
          var _ = api.cancel(unwanted, "not wanted any more");
        }
      } catch (StoreUnavailableException away) {
        refusals++;
        pause(100);
      }
    }
    return refusals;
  }

  private void pause(long millis) {
    Uninterrupted.run(() -> {
      var _ = never.await(millis, TimeUnit.MILLISECONDS);
    });
  }

  private long awaitEnd(TestDatabase data) throws SQLException {
    long until = System.nanoTime() + CALM.toNanos();
    long open = open(data);
    while (open > 0 && System.nanoTime() < until) {
      pause(100);
      open = open(data);
    }
    return open;
  }

  private static long open(TestDatabase data) throws SQLException {
    return Long.parseLong(
        text(data, "select count(*) from handoff_task where state in ('queued', 'processing')"));
  }

  private static String attempts(TestDatabase data) throws SQLException {
    return "attempts: "
        + text(
            data,
            "select string_agg(attempt || ': ' || n, ', ' order by attempt) from (select attempt,"
                + " count(*) as n from handoff_task group by attempt) as t");
  }

  private static String text(TestDatabase data, String sql) throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private ChaosCheck check(PostgresTaskStore store, ChaosCluster cluster, TestDatabase data)
      throws Exception {
    Map<String, Integer> effects = new HashMap<>();
    List<TaskId> stored = new ArrayList<>();
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("select task from chaos_effect")) {
        while (rows.next()) {
          effects.merge(rows.getString(1), 1, Integer::sum);
        }
      }
      try (ResultSet rows = statement.executeQuery("select id from handoff_task")) {
        while (rows.next()) {
          stored.add(TaskId.parse(rows.getString(1)).orElseThrow());
        }
      }
    }
    ChaosCheck check = new ChaosCheck(store, effects, cancelled);
    for (int i = 0; i < cluster.started(); i++) {
      check.read(folder.resolve("journal-" + i));
    }
    assertThat(new HashSet<>(stored)).containsAll(taken);
    for (TaskId each : stored) {
      if (!check.isRight(each)) {
        System.out.println(check.story(each));
      }
    }
    return check;
  }
}
