package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.Extensions;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.LogPosition;
import dev.handoff.NodeId;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.Task;
import dev.handoff.TaskEvent.ChunkEmitted;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestClock;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.engine.EngineFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A database that is found on another timeline than before.
final class PostgresTimelineTest {
  private static final TaskType<String, String> WORK = EngineFixture.type("work", Policy.DEFAULTS);

  private final TestDatabase data = EmptyDatabases.take();
  private final TestClock clock = TestClock.atNine();
  private final PostgresDatabase database = PostgresDatabase.open(PostgresHarness.settings(data));
  private final TaskStore store = PostgresTaskStore.open(database, clock, CallerTransaction.NONE);
  private final Handoff handoff =
      Handoff.startByHand(
          store,
          List.of(
              WORK.handledBy((_, context) -> {
                context.emit("a");
                return Outcome.done("");
              })),
          HandoffConfig.defaults(),
          Extensions.defaults());

  @AfterEach
  void close() {
    handoff.close();
    store.close();
    database.close();
    EmptyDatabases.giveBack(data);
  }

  private NodeId node() {
    return handoff.status().node();
  }

  private void heartbeat() {
    assertThat(store.renew(node(), clock.instant().plusSeconds(60))).isTrue();
  }

  // As a promotion leaves it: what was noted before is of another timeline than the one it is on.
  private void promote() throws SQLException {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("update handoff_timeline set id = '00000000'"))
          .isEqualTo(1);
    }
    heartbeat();
  }

  private void report(TaskId id) {
    store
        .held(node())
        .forEach(lease -> {
          assertThat(lease.task()).isEqualTo(id);
          assertThat(store.append(lease, List.of(new ChunkEmitted("b")), List.of())).isTrue();
        });
  }

  private TaskId begun() {
    TaskId id = handoff.submit(WORK, "x", EngineFixture.BY_ASHA);
    assertThat(store.claim(id, node())).isPresent();
    report(id);
    return id;
  }

  private LogPosition doubted(TaskId id, LogPosition position) {
    Task task = handoff.find(id).orElseThrow();
    return handoff.doubted(task, position);
  }

  @Test
  void theFirstTimelineReplacesNothing() {
    heartbeat();

    assertThat(store.replacedAt()).isEmpty();
    assertThat(doubted(begun(), LogPosition.after(2))).isEqualTo(LogPosition.after(2));
  }

  @Test
  void doubtsTheNumbersThatMayBeGivenTwice() throws SQLException {
    TaskId id = begun();
    Instant noticed = clock.advance(Duration.ofMinutes(2));
    promote();
    report(id);

    assertThat(store.replacedAt()).contains(noticed);
    clock.advance(Duration.ofMinutes(5));
    heartbeat();
    assertThat(store.replacedAt()).contains(noticed);
    assertThat(doubted(id, LogPosition.after(3))).isEqualTo(LogPosition.after(3));
    LogPosition doubtful = doubted(id, LogPosition.after(4));
    assertThat(handoff.events(id, doubtful, 10))
        .hasValueSatisfying(page -> assertThat(page.reset()).isTrue());
    LogPosition sure = LogPosition.of(store.events(id, 3, 1).getFirst());
    assertThat(doubted(id, sure)).isEqualTo(sure);
    assertThat(doubted(id, LogPosition.START)).isEqualTo(LogPosition.START);
    assertThat(store.cancel(id, "enough")).isTrue();
    assertThat(doubted(id, LogPosition.after(5))).isEqualTo(LogPosition.after(5));
    TaskId later = begun();
    assertThat(doubted(later, LogPosition.after(3))).isEqualTo(LogPosition.after(3));
  }
}
