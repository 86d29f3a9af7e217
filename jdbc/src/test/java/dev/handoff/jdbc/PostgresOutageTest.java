package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.EngineEvent.LeaseLapsed;
import dev.handoff.EngineEvent.TasksRescued;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.LeaseTerms;
import dev.handoff.LoggedEvent;
import dev.handoff.Outcome;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Submission;
import dev.handoff.TaskContext;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskType;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.PostgresServer.Durability;
import dev.handoff.testing.TestDatabase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The server goes while attempts run, and comes back within the lease.
final class PostgresOutageTest {
  private static final TaskType<String, String> TALE =
      TaskType.of("tale", String.class, String.class);
  private static final Submission BY_ASHA = Submission.by("asha");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HandoffConfig CONFIG =
      HandoffConfig.defaults()
          .withLease(new LeaseTerms(Duration.ofMinutes(2), Duration.ofMillis(500)));
  private static final int TASKS = 60;
  private static final int CHUNKS = 20;

  private final PostgresServer server = PostgresServer.own(Durability.UNSYNCED);
  private final TestDatabase data = server.newDatabase();
  private final Cluster cluster = new Cluster(data);
  private final CountDownLatch serverIsAway = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger halfWay = new AtomicInteger();
  private final AtomicInteger returned = new AtomicInteger();
  private final ConcurrentHashMap<String, AtomicInteger> stepCalls = new ConcurrentHashMap<>();

  // The store finds out within a moment that the server is back, and says so until then.
  private static ConditionFactory patiently() {
    return await().atMost(PATIENCE).ignoreExceptionsInstanceOf(StoreUnavailableException.class);
  }

  @AfterEach
  void close() {
    cluster.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void attemptsGoOnAndTheirResultsAreKept(boolean notifications) {
    Handoff node =
        cluster.withNotifications(notifications).start(CONFIG, TALE.handledBy(this::handle));
    List<TaskId> tasks = node.submitAll(TALE, Collections.nCopies(TASKS, "a"), BY_ASHA);
    List<LoggedEvent> followed = new CopyOnWriteArrayList<>();
    var _ = node.follow(tasks.getFirst(), 0, followed::addAll);
    patiently().until(() -> halfWay.get() == TASKS);
    int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();

    List<Long> refusals = new ArrayList<>();
    int threadsWhileAway;
    List<String> logged;
    try (KeptLog log = new KeptLog()) {
      server.stop();
      serverIsAway.countDown();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> {
            refusals.add(millisOfRefusal(node));
            return refusals.size() == 40;
          });
      await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> returned.get() == 0);
      threadsWhileAway = ManagementFactory.getThreadMXBean().getThreadCount();
      server.startAgain();
      long back = System.nanoTime();
      patiently()
          .untilAsserted(() ->
              assertThat(tasks)
                  .allSatisfy(task ->
                      assertThat(node.find(task).orElseThrow().state())
                          .isInstanceOf(Completed.class)));
      System.out.printf(
          "notifications %s: first refusal after %d ms, longest of the others %d ms; all %d results"
              + " stored %d ms after the return; threads %d before, %d while away%n",
          notifications ? "on" : "off",
          refusals.getFirst(),
          Collections.max(refusals.subList(1, refusals.size())),
          TASKS,
          (System.nanoTime() - back) / 1_000_000,
          threadsBefore,
          threadsWhileAway);
      logged = log.warnings();
    }
    System.out.println("warnings: " + logged);

    assertThat(refusals.getFirst()).isLessThan(7_000);
    assertThat(refusals.subList(1, refusals.size())).allMatch(millis -> millis < 1_500);
    assertThat(threadsWhileAway).isLessThan(threadsBefore + 10);
    assertThat(logged).hasSizeLessThan(30);
    assertThat(tasks).allSatisfy(task -> assertEventsAreWhole(node, task));
    assertThat(stepCalls.values()).allMatch(calls -> calls.get() == 1);
    assertThat(cluster.reported(TasksRescued.class)).isEmpty();
    assertThat(cluster.reported(LeaseLapsed.class)).isEmpty();
    patiently().until(() -> followed.equals(node.events(tasks.getFirst(), 0, 1_000)));
    TaskId later = node.submit(TALE, "b", BY_ASHA);
    patiently().until(() -> node.find(later).orElseThrow().isTerminal());
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void aNodeStopsWithoutTheServer() {
    Handoff node = cluster.start(CONFIG, TALE.handledBy((_, _) -> Outcome.done("")));
    server.stop();
    node.close();
    assertThat(node.status().running()).isFalse();
    server.startAgain();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void connectionsThatBreakAreReplacedWithoutAnybodyNoticing() {
    serverIsAway.countDown();
    Handoff node = cluster.start(CONFIG, TALE.handledBy(this::handle));
    List<TaskId> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tasks.addAll(node.submitAll(TALE, Collections.nCopies(5, "a"), BY_ASHA));
      assertThat(data.endSessions()).isPositive();
      patiently()
          .pollInterval(Duration.ofMillis(60))
          .until(() -> node.find(tasks.getLast()).isPresent());
    }
    patiently()
        .until(() -> tasks.stream().allMatch(id -> node.find(id).orElseThrow().isTerminal()));

    assertThat(tasks).allSatisfy(task -> assertEventsAreWhole(node, task));
    assertThat(stepCalls.values()).allMatch(calls -> calls.get() == 1);
    assertThat(cluster.reported(TasksRescued.class)).isEmpty();
  }

  private long millisOfRefusal(Handoff node) {
    long asked = System.nanoTime();
    assertThatThrownBy(() -> node.submit(TALE, "b", BY_ASHA))
        .isInstanceOfSatisfying(
            StoreUnavailableException.class,
            refusal -> assertThat(refusal.retryAfter()).isPositive());
    return (System.nanoTime() - asked) / 1_000_000;
  }

  // Half of it before the server goes, half of it while it is away.
  private Outcome<String> handle(String request, TaskContext task) throws Exception {
    emit(task, 0, CHUNKS / 2);
    halfWay.incrementAndGet();
    serverIsAway.await();
    String receipt = task.step("pay", String.class, () -> pay(task));
    emit(task, CHUNKS / 2, CHUNKS);
    returned.incrementAndGet();
    return Outcome.done(receipt);
  }

  private String pay(TaskContext task) {
    stepCalls.computeIfAbsent(task.taskId().toString(), _ -> new AtomicInteger()).incrementAndGet();
    return "paid";
  }

  private void emit(TaskContext task, int from, int until) throws InterruptedException {
    for (int i = from; i < until; i++) {
      task.emit("chunk " + i);
      var _ = never.await(20, TimeUnit.MILLISECONDS);
    }
  }

  private static void assertEventsAreWhole(Handoff node, TaskId task) {
    List<LoggedEvent> events = node.events(task, 0, 1_000);
    assertThat(events.stream().map(LoggedEvent::seq))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(
            events.stream()
                .map(LoggedEvent::event)
                .filter(ChunkEmitted.class::isInstance)
                .map(event -> ((ChunkEmitted) event).text()))
        .containsExactlyElementsOf(IntStream.range(0, CHUNKS).mapToObj(i -> "chunk " + i).toList());
    assertThat(node.find(task).orElseThrow().activity().attempt()).isEqualTo(1);
  }

  /// What is logged as a warning or worse while it is open.
  private static final class KeptLog extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    KeptLog() {
      ROOT.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
        warnings.add(line.getLoggerName() + ": " + line.getMessage());
      }
    }

    List<String> warnings() {
      return List.copyOf(warnings);
    }

    @Override
    public void flush() {
      // Nothing is on its way.
    }

    @Override
    public void close() {
      ROOT.removeHandler(this);
    }
  }
}
