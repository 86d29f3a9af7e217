package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handoff.EngineEvent.LeaseLapsed;
import dev.handoff.EngineEvent.TasksRescued;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.LeaseTerms;
import dev.handoff.Outcome;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskType;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.PostgresServer.Durability;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The server neither answers nor goes, for longer than a lease.
final class PostgresHangTest {
  private static final TaskType<String, String> TALE =
      TaskType.of("tale", String.class, String.class);
  private static final Submission BY_ASHA = Submission.by("asha");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final LeaseTerms TERMS =
      new LeaseTerms(Duration.ofSeconds(3), Duration.ofSeconds(1));
  private static final HandoffConfig CONFIG =
      HandoffConfig.defaults().withConcurrency(2).withDrain(Duration.ZERO).withLease(TERMS);
  private static final Duration HANG = Duration.ofSeconds(7);

  private final PostgresServer server = PostgresServer.own(Durability.UNSYNCED);
  private final TestDatabase data = server.newDatabase();
  private final Cluster cluster = new Cluster(data);
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() {
    cluster.close();
    server.close();
  }

  enum HangKind {
    /// The synchronous standby is gone: statements are answered, commits wait.
    COMMITS,
    /// Every process of the server stands still.
    EVERYTHING
  }

  @ParameterizedTest
  @CsvSource({"COMMITS,true", "COMMITS,false", "EVERYTHING,true", "EVERYTHING,false"})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void noAttemptIsLost(HangKind hang, boolean notifications) throws SQLException {
    cluster.withNotifications(notifications);
    Handoff one = start();
    Handoff other = start();
    Handoff third = start();
    List<TaskId> tasks = one.submitAll(TALE, List.of("a", "b", "c", "d", "e", "f"), BY_ASHA);
    await().atMost(PATIENCE).until(() -> attempts(one, other, third) == tasks.size());

    try (Connection operator = data.connect()) {
      begin(hang, operator);
      await()
          .during(HANG)
          .atMost(PATIENCE)
          .until(() -> attempts(one, other, third) == tasks.size());
      end(hang, operator);
    }
    await()
        .during(TERMS.length().multipliedBy(2))
        .atMost(PATIENCE)
        .until(() -> attempts(one, other, third) == tasks.size());

    assertThat(cluster.reported(TasksRescued.class)).isEmpty();
    assertThat(cluster.reported(LeaseLapsed.class)).isEmpty();
    go.countDown();
    for (TaskId task : tasks) {
      await().atMost(PATIENCE).until(() -> one.find(task).orElseThrow().isTerminal());
      assertThat(one.find(task).orElseThrow().state()).isInstanceOf(Completed.class);
      assertThat(one.find(task).orElseThrow().activity().attempt()).isEqualTo(1);
    }
  }

  private Handoff start() {
    return cluster.start(
        CONFIG,
        TALE.handledBy((request, _) -> {
          go.await();
          return Outcome.done(request);
        }));
  }

  private static int attempts(Handoff one, Handoff other, Handoff third) {
    return one.status().attempts() + other.status().attempts() + third.status().attempts();
  }

  private void begin(HangKind hang, Connection operator) throws SQLException {
    switch (hang) {
      case COMMITS -> standby(operator, "set synchronous_standby_names = 'nobody'");
      case EVERYTHING -> server.freeze();
    }
  }

  private void end(HangKind hang, Connection operator) throws SQLException {
    switch (hang) {
      case COMMITS -> standby(operator, "reset synchronous_standby_names");
      case EVERYTHING -> server.thaw();
    }
  }

  private static void standby(Connection operator, String setting) throws SQLException {
    try (Statement statement = operator.createStatement()) {
      statement.execute("alter system " + setting);
      statement.execute("select pg_reload_conf()");
    }
  }
}
