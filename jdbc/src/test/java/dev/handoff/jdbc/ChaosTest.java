package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.HandledType;
import dev.handoff.Handoff;
import dev.handoff.Outcome;
import dev.handoff.Role;
import dev.handoff.TaskId;
import dev.handoff.jdbc.sql.Uninterrupted;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.PostgresServer.Durability;
import dev.handoff.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several worker processes on one database, while [ChaosStorm] breaks them, the database and the
/// way between them, and [ChaosSubmits] hands off tasks from this process. `docs/reliability.md`
/// says how to run it for longer.
final class ChaosTest {
  private static final int TASKS = Integer.getInteger("handoff.chaos.tasks", 4_000);
  private static final Duration CHAOS =
      Duration.ofSeconds(
          Math.round(Double.parseDouble(System.getProperty("handoff.chaos.minutes", "0.25")) * 60));
  private static final boolean FULL_DISK = Boolean.getBoolean("handoff.chaos.full-disk");
  private static final Duration CALM = Duration.ofSeconds(90);
  private static final Duration LONGEST_BLOW = Duration.ofSeconds(15);
  private static final int STORIES = 20;

  @TempDir private Path folder;
  private final CountDownLatch never = new CountDownLatch(1);

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void nothingIsLostAndNothingHappensTwice(int nodes) throws Exception {
    long seed = Long.getLong("handoff.seed", System.nanoTime());
    System.out.println("handoff.seed=" + seed);
    Optional<FillableDisk> disk =
        FULL_DISK ? FillableDisk.mount(folder.resolve("disk")) : Optional.empty();
    try (PostgresServer server =
        disk.isPresent()
            ? PostgresServer.own(Durability.UNSYNCED, disk.get().root().resolve("data"))
            : PostgresServer.own(Durability.UNSYNCED)) {
      run(nodes, new Random(seed), server, disk);
    } finally {
      if (disk.isPresent()) {
        disk.get().close();
      }
    }
  }

  private void run(int nodes, Random random, PostgresServer postgres, Optional<FillableDisk> disk)
      throws Exception {
    TestDatabase data = postgres.newDatabase();
    ChaosServer server = new ChaosServer(postgres, data, disk);
    server.prepare();
    try (LosingProxy proxy = LosingProxy.before(data);
        PostgresDatabase database =
            PostgresDatabase.open(
                PostgresSettings.at(proxy.url(), ChaosServer.LOGIN, ChaosServer.LOGIN)
                    .withConnections(8));
        ChaosCluster cluster = new ChaosCluster(data, folder, random)) {
      Transactions transactions = new Transactions(database.dataSource());
      try (PostgresTaskStore store = PostgresTaskStore.open(database, transactions);
          Handoff api = Handoff.start(store, types(), ChaosNode.CONFIG.withRole(Role.API))) {
        for (String account : ChaosKind.ACCOUNTS) {
          assertThat(store.budgets().add(account, ChaosTotals.OPENING, "opening")).isTrue();
        }
        for (int i = 0; i < nodes; i++) {
          cluster.start();
        }
        cluster.awaitStarted();
        ChaosStorm storm = new ChaosStorm(cluster, server, proxy, random, longestBlow());
        ChaosSubmits submits = new ChaosSubmits(api, transactions, new Random(random.nextLong()));
        submitAmid(storm, submits, server, random);
        long stuck = awaitEnd(server, submits);
        List<String> wrong = check(store, cluster, server, submits);
        report(server, cluster, storm, submits);
        requireRight(server, cluster, stuck, wrong);
      }
    }
  }

  private static void requireRight(
      ChaosServer server, ChaosCluster cluster, long stuck, List<String> wrong) throws Exception {
    System.out.printf(
        "fallen=%d stuck=%d wrong=%d %s%n",
        cluster.fallen().size(), stuck, wrong.size(), kinds(wrong));
    assertThat(wrong).isEmpty();
    assertThat(rescued(server)).as("attempts that were struck").isPositive();
    assertThat(stuck).isZero();
    assertThat(cluster.fallen()).isEmpty();
  }

  private static Duration longestBlow() {
    Duration tenth = CHAOS.dividedBy(10);
    return tenth.compareTo(LONGEST_BLOW) < 0 ? tenth : LONGEST_BLOW;
  }

  private static List<HandledType<?, ?>> types() {
    List<HandledType<?, ?>> types = new ArrayList<>();
    for (ChaosKind kind : ChaosKind.values()) {
      types.add(kind.type().handledBy((_, _) -> Outcome.done("never here")));
    }
    return types;
  }

  // Submits are spread over four fifths of the time.
  private void submitAmid(ChaosStorm storm, ChaosSubmits submits, ChaosServer server, Random random)
      throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> all =
          threads.submit(
              () -> submits.run(TASKS, CHAOS.multipliedBy(4).dividedBy(5), longestBlow()));
      Future<?> retries = threads.submit(() -> retryUntil(over, submits, server));
      try {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < CHAOS.toNanos()) {
          pause(random.nextInt(200, 1_000));
          storm.strike();
        }
        storm.calm();
        all.get();
      } finally {
        over.countDown();
      }
      retries.get();
    }
  }

  private void retryUntil(CountDownLatch over, ChaosSubmits submits, ChaosServer server) {
    while (over.getCount() > 0) {
      try {
        submits.retry(failed(server));
      } catch (SQLException away) {
        // The next look finds them.
      }
      pause(300);
    }
  }

  private static List<TaskId> failed(ChaosServer server) throws SQLException {
    return ids(
        server,
        "select id from handoff_task where state = 'failed' and type = '"
            + ChaosKind.RETRIED_BY_HAND.typeName()
            + "'");
  }

  private static List<TaskId> ids(ChaosServer server, String sql) throws SQLException {
    return server.list(sql).stream().map(id -> TaskId.parse(id).orElseThrow()).toList();
  }

  private void pause(long millis) {
    Uninterrupted.run(() -> {
      var _ = never.await(millis, TimeUnit.MILLISECONDS);
    });
  }

  // Until none is open, or none of them has ended for a while.
  private long awaitEnd(ChaosServer server, ChaosSubmits submits) throws SQLException {
    long lastEnd = System.nanoTime();
    long open = open(server);
    List<TaskId> failed = failed(server);
    long fewest = open + failed.size();
    while (open + failed.size() > 0 && System.nanoTime() - lastEnd < CALM.toNanos()) {
      submits.retry(failed);
      pause(100);
      open = open(server);
      failed = failed(server);
      if (open + failed.size() < fewest) {
        fewest = open + failed.size();
        lastEnd = System.nanoTime();
      }
    }
    return open;
  }

  private static long open(ChaosServer server) throws SQLException {
    return Long.parseLong(
        server.ask("select count(*) from handoff_task where state in ('queued', 'processing')"));
  }

  private static long rescued(ChaosServer server) throws SQLException {
    return Long.parseLong(
        server.ask("select count(*) from handoff_event where body like '%\"taskRescued\"%'"));
  }

  private static void report(
      ChaosServer server, ChaosCluster cluster, ChaosStorm storm, ChaosSubmits submits)
      throws SQLException {
    System.out.printf(
        "chaos: tasks=%d cancels=%d refusals=%d retries=%d nodes=%d rescued=%d%n",
        submits.told().size(),
        submits.cancelled().size(),
        submits.refusals(),
        submits.retried(),
        cluster.started(),
        rescued(server));
    System.out.println("blows: " + storm.summary());
    System.out.println(
        "attempts: "
            + server.ask(
                "select string_agg(attempt || ': ' || n, ', ' order by attempt) from (select"
                    + " attempt, count(*) as n from handoff_task group by attempt) as t"));
  }

  private static Map<String, Long> kinds(List<String> wrong) {
    return wrong.stream()
        .collect(
            Collectors.groupingBy(
                line -> line.substring(0, line.indexOf(':')), TreeMap::new, Collectors.counting()));
  }

  private List<String> check(
      PostgresTaskStore store, ChaosCluster cluster, ChaosServer server, ChaosSubmits submits)
      throws Exception {
    Map<String, Integer> effects = new HashMap<>();
    server
        .list("select task from chaos_effect")
        .forEach(task -> effects.merge(task, 1, Integer::sum));
    List<TaskId> stored = ids(server, "select id from handoff_task");
    ChaosCheck check = new ChaosCheck(store, effects, submits);
    for (int i = 0; i < cluster.started(); i++) {
      check.read(folder.resolve("journal-" + i));
    }
    int told = 0;
    for (TaskId each : stored) {
      if (!check.isRight(each) && told++ < STORIES) {
        System.out.println(check.story(each));
      }
    }
    List<String> wrong = new ArrayList<>(check.wrong());
    wrong.addAll(new ChaosTotals(store, server, submits, check.tasks()).check());
    if (submits.told().size() < TASKS) {
      wrong.add("refused: only " + submits.told().size() + " submits were taken");
    }
    return wrong;
  }
}
