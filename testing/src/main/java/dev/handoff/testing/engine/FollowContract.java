package dev.handoff.testing.engine;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static dev.handoff.testing.engine.EngineFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.EventPage;
import dev.handoff.Handoff;
import dev.handoff.Lease;
import dev.handoff.LogPosition;
import dev.handoff.LoggedEvent;
import dev.handoff.NodeId;
import dev.handoff.Outcome;
import dev.handoff.Payload;
import dev.handoff.Policy;
import dev.handoff.Role;
import dev.handoff.Task;
import dev.handoff.TaskEvent;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskEvent.TaskCompleted;
import dev.handoff.TaskId;
import dev.handoff.TaskOwner;
import dev.handoff.TaskStatus;
import dev.handoff.TaskType;
import dev.handoff.store.Node;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.store.StoreHarness;
import dev.handoff.testing.store.TaskDraft;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What followers of a task are told on every store, also where the log differs from what they have
/// read; extend it with a harness to run it there.
public abstract class FollowContract {
  private static final NodeId WORKER = new NodeId("worker");
  private static final TaskType<String, String> WORK = type("work", Policy.DEFAULTS);
  private static final TaskType<String, String> SECRET =
      type("secret", Policy.DEFAULTS.withRetention(Duration.ZERO));

  private final TestClock clock = TestClock.atNine();
  private @Nullable StoreHarness harness;
  private @Nullable TaskStore store;
  private @Nullable EngineFixture engine;
  private @Nullable Handoff handoff;

  protected FollowContract() {}

  /// A store with empty data; it may keep files in the folder.
  protected abstract StoreHarness newHarness(Path folder);

  @BeforeEach
  final void start(@TempDir Path folder) {
    harness = newHarness(folder);
    store = harness.open(clock);
    store.join(new Node(WORKER, Role.ALL), clock.instant().plus(Duration.ofDays(1)));
    engine = new EngineFixture(store);
    handoff =
        engine.startByHand(
            List.of(
                WORK.handledBy((request, context) -> Outcome.done("")),
                SECRET.handledBy((request, context) -> Outcome.done(""))));
  }

  @AfterEach
  final void close() {
    opened(engine).close();
    store().close();
    harness().close();
  }

  private TaskStore store() {
    return opened(store);
  }

  private StoreHarness harness() {
    return opened(harness);
  }

  private Handoff handoff() {
    return opened(handoff);
  }

  private static <T> T opened(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not open");
    }
    return value;
  }

  /// A task at which an attempt has reported these chunks.
  private Lease begun(TaskType<String, String> type, String... chunks) {
    TaskId id = handoff().submit(type, "x", BY_ASHA);
    Lease lease = claimed(id);
    report(lease, chunks);
    return lease;
  }

  private Lease claimed(TaskId id) {
    return store().claim(id, WORKER).orElseThrow().lease();
  }

  private void report(Lease lease, String... chunks) {
    clock.advance(Duration.ofMillis(20));
    List<TaskEvent> events =
        Arrays.stream(chunks).map(text -> (TaskEvent) new ChunkEmitted(text)).toList();
    assertThat(store().append(lease, events, List.of())).isTrue();
  }

  private void complete(Lease lease) {
    clock.advance(Duration.ofMillis(20));
    assertThat(store().append(lease, List.of(new TaskCompleted(new Payload("done"))), List.of()))
        .isTrue();
  }

  private FollowedTask follow(TaskId id, LogPosition position) {
    FollowedTask seen = new FollowedTask();
    var ignored = handoff().follow(id, position, seen);
    return seen;
  }

  private FollowedTask follow(TaskId id, long after) {
    return follow(id, LogPosition.after(after));
  }

  private List<LoggedEvent> log(TaskId id) {
    return handoff().events(id, 0, Integer.MAX_VALUE);
  }

  private void awaitLog(FollowedTask seen, TaskId id) {
    await().atMost(PATIENCE).until(() -> seen.events().equals(log(id)));
  }

  private void awaitNoFollower() {
    await().atMost(PATIENCE).until(() -> handoff().status().followers() == 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 1_000, Long.MAX_VALUE})
  final void tellsAllOfTheLogToWhoComesWithMoreThanThereIs(long after) {
    Lease lease = begun(WORK, "a", "b");

    FollowedTask seen = follow(lease.task(), after);
    awaitLog(seen, lease.task());
    report(lease, "c");
    complete(lease);

    awaitLog(seen, lease.task());
    assertThat(seen.resets()).containsExactly(4L);
    awaitNoFollower();
  }

  @Test
  final void tellsAllOfTheLogOfATaskThatHasEnded() {
    Lease lease = begun(WORK, "a");
    complete(lease);

    FollowedTask seen = follow(lease.task(), 5);

    awaitLog(seen, lease.task());
    assertThat(seen.resets()).containsExactly(4L);
    assertThat(seen.gone()).isZero();
    awaitNoFollower();
  }

  @Test
  final void goesOnFromAnyNumberThatThereIs() {
    Lease lease = begun(WORK, "a", "b");
    List<FollowedTask> seen =
        LongStream.rangeClosed(0, 4).mapToObj(after -> follow(lease.task(), after)).toList();
    complete(lease);

    awaitNoFollower();

    List<LoggedEvent> log = log(lease.task());
    for (int after = 0; after <= 4; after++) {
      assertThat(seen.get(after).events()).isEqualTo(log.subList(after, log.size()));
      assertThat(seen.get(after).resets()).isEmpty();
    }
  }

  @Test
  final void tellsThatNothingIsLeftOfATaskThatHasEnded() {
    Lease lease = begun(WORK, "a");
    complete(lease);

    FollowedTask seen = follow(lease.task(), 4);

    await().atMost(PATIENCE).until(() -> seen.gone() == 1);
    assertThat(seen.events()).isEmpty();
    awaitNoFollower();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  final void noticesThatTheLogWasWrittenAnew(int more) {
    TaskId id = handoff().submit(WORK, "x", BY_ASHA);
    harness().saveCopy();
    Lease lost = claimed(id);
    report(lost, "lost", "too");
    FollowedTask seen = follow(id, 0);
    awaitLog(seen, id);

    harness().restoreCopy();
    Lease found = claimed(id);
    report(found, Collections.nCopies(more, "found").toArray(new String[0]));

    awaitLog(seen, id);
    assertThat(seen.resets()).isNotEmpty();
    complete(found);
    awaitLog(seen, id);
    awaitNoFollower();
  }

  @Test
  final void tellsAnOwnerHowATaskStandsInTheOtherLog() {
    TaskId id = handoff().submit(WORK, "x", BY_ASHA);
    harness().saveCopy();
    report(claimed(id), "lost", "too");
    OwnerSeen seen = new OwnerSeen();
    var ignored = handoff().followOwner(TaskOwner.of(BY_ASHA), Optional.empty(), seen);
    awaitStatus(seen, id, TaskStatus.PROCESSING);

    harness().restoreCopy();
    assertThat(store().cancel(id, "not needed")).isTrue();

    awaitStatus(seen, id, TaskStatus.CANCELLED);
  }

  private void awaitStatus(OwnerSeen seen, TaskId id, TaskStatus status) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          // What changed is read every 250 ms.
          clock.advance(Duration.ofMillis(50));
          return seen.status(id).equals(Optional.of(status));
        });
  }

  @Test
  final void recognizesTheEventThatAReaderHasSeen() {
    Lease lease = begun(WORK, "a", "b");
    TaskId id = lease.task();
    List<LoggedEvent> log = log(id);
    LoggedEvent third = log.get(2);

    FollowedTask same = follow(id, LogPosition.of(third));
    FollowedTask other = follow(id, new LogPosition(3, third.at().minusMillis(1)));

    awaitLog(other, id);
    assertThat(other.resets()).containsExactly(4L);
    await().atMost(PATIENCE).until(() -> same.events().equals(log.subList(3, 4)));
    assertThat(same.resets()).isEmpty();
    assertThat(handoff().events(id, LogPosition.of(third), 10))
        .contains(new EventPage(false, log.subList(3, 4), 4));
    assertThat(handoff().events(id, LogPosition.of(log.get(3)), 10))
        .contains(new EventPage(false, List.of(), 4));
    assertThat(handoff().events(id, new LogPosition(3, third.at().plusMillis(1)), 2))
        .contains(new EventPage(true, log.subList(0, 2), 4));
    assertThat(handoff().events(id, LogPosition.after(5), 1))
        .contains(new EventPage(true, log.subList(0, 1), 4));
    assertThat(handoff().events(id, LogPosition.START, 3))
        .contains(new EventPage(false, log.subList(0, 3), 4));
    assertThat(handoff().events(TaskDraft.nextId(clock.instant()), LogPosition.START, 3)).isEmpty();
  }

  @Test
  final void waitsAMinuteForATaskThatIsNotThere() {
    TaskId never = TaskDraft.nextId(clock.instant());
    FollowedTask[] early = new FollowedTask[1];
    TaskId[] id = new TaskId[1];
    harness()
        .inTransaction(() -> {
          id[0] = handoff().submit(WORK, "x", BY_ASHA);
          early[0] = follow(id[0], 0);
        });
    FollowedTask late = follow(never, 0);
    FollowedTask later = follow(never, 7);

    awaitLog(early[0], id[0]);
    await().atMost(PATIENCE).until(() -> later.gone() == 1);
    assertThat(late.gone()).isZero();
    clock.advance(Duration.ofMinutes(1));

    await().atMost(PATIENCE).until(() -> late.gone() == 1);
    assertThat(early[0].gone()).isZero();
    complete(claimed(id[0]));
    awaitLog(early[0], id[0]);
    awaitNoFollower();
  }

  /// Runs with followers that read from the store, as on other nodes.
  @Test
  final void tellsHowATaskEndedThatIsNotKept() {
    Lease lease = begun(SECRET, "a");
    FollowedTask slow = follow(lease.task(), 0);
    slow.pause();
    report(lease, Collections.nCopies(300, "b").toArray(new String[0]));
    complete(lease);
    handoff().runDue();
    FollowedTask late = follow(lease.task(), 4);

    assertThat(handoff().find(lease.task())).isEmpty();
    assertThat(handoff().events(lease.task(), LogPosition.START, 10)).isEmpty();
    slow.goOn();

    awaitNoFollower();
    for (FollowedTask seen : List.of(slow, late)) {
      assertThat(seen.events().getLast().event()).isEqualTo(new TaskCompleted(new Payload("done")));
    }
    assertThat(slow.events()).hasSize(304);
    clock.advance(Duration.ofMinutes(1));
    handoff().runDue();
    FollowedTask tooLate = follow(lease.task(), 4);
    await().atMost(PATIENCE).until(() -> tooLate.gone() == 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  final void tellsThatATaskIsGoneWhileSomebodyIsBehind(boolean deleted) {
    Lease lease = begun(WORK, "a");
    FollowedTask seen = follow(lease.task(), 0);
    seen.pause();
    report(lease, Collections.nCopies(300, "b").toArray(new String[0]));
    complete(lease);
    clock.advance(Policy.DEFAULTS.retention());
    if (deleted) {
      handoff().runDue();
    }

    seen.goOn();

    await().atMost(PATIENCE).until(() -> seen.gone() == 1);
    awaitNoFollower();
  }

  @Test
  final void readsLargeEventsAFewAtATime() {
    String large = "x".repeat(60_000);
    TaskId id = handoff().submit(WORK, "x", BY_ASHA);
    FollowedTask slow = follow(id, 0);
    slow.pause();
    Lease lease = claimed(id);
    for (int i = 0; i < 20; i++) {
      report(lease, Collections.nCopies(10, large).toArray(new String[0]));
    }
    complete(lease);
    FollowedTask late = follow(id, 0);
    slow.goOn();

    awaitLog(slow, id);
    awaitLog(late, id);
    assertThat(slow.longestCall()).isBetween(1L, 1_300_000L);
    assertThat(late.longestCall()).isBetween(1L, 1_300_000L);
    assertThat(handoff().events(id, LogPosition.after(2), 256).orElseThrow().events())
        .hasSizeBetween(15, 25);
  }

  @Test
  final void awaitsTheEndOfATask() {
    Lease lease = begun(WORK, "a");
    CompletableFuture<Optional<Task>> awaited = awaited(lease.task(), Duration.ofHours(1));
    assertThat(awaited).isNotDone();

    complete(lease);

    assertThat(over(awaited).orElseThrow().isTerminal()).isTrue();
    awaitNoFollower();
  }

  @Test
  final void awaitsNothingAtATaskThatHasEnded() throws InterruptedException {
    Lease lease = begun(WORK, "a");
    complete(lease);

    assertThat(handoff().await(lease.task(), Duration.ofHours(1)).orElseThrow().isTerminal())
        .isTrue();
    assertThat(handoff().result(WORK, lease.task(), Duration.ofHours(1))).contains("done");
  }

  @Test
  final void awaitsNoLongerThanAsked() throws InterruptedException {
    TaskId id = handoff().submit(WORK, "x", BY_ASHA);
    CompletableFuture<Optional<Task>> awaited = awaited(id, Duration.ofHours(1));

    clock.advance(Duration.ofHours(1));

    assertThat(over(awaited).orElseThrow().isTerminal()).isFalse();
    assertThat(handoff().await(id, Duration.ZERO).orElseThrow().isTerminal()).isFalse();
    assertThat(handoff().result(WORK, id, Duration.ofSeconds(-1))).isEmpty();
  }

  @Test
  final void awaitsAnUnknownTaskForAMinute() {
    CompletableFuture<Optional<Task>> awaited =
        awaited(TaskId.firstAt(clock.instant()), Duration.ofHours(1));

    clock.advance(Duration.ofMinutes(1));

    assertThat(over(awaited)).isEmpty();
  }

  @Test
  final void awaitsNoLongerThanTheEngineIsOpen() {
    TaskId id = handoff().submit(WORK, "x", BY_ASHA);
    CompletableFuture<Optional<Task>> awaited = awaited(id, Duration.ofHours(1));

    handoff().close();

    assertThat(over(awaited).orElseThrow().isTerminal()).isFalse();
  }

  /// Awaits the task on a thread of its own.
  private CompletableFuture<Optional<Task>> awaited(TaskId id, Duration atMost) {
    CompletableFuture<Optional<Task>> awaited = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            awaited.complete(handoff().await(id, atMost));
          } catch (Throwable thrown) {
            awaited.completeExceptionally(thrown);
          }
        });
    await().atMost(PATIENCE).until(() -> handoff().status().followers() == 1);
    return awaited;
  }

  private static Optional<Task> over(CompletableFuture<Optional<Task>> awaited) {
    return awaited.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
