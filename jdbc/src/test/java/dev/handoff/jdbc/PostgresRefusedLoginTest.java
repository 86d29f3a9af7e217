package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.handoff.EngineEvent;
import dev.handoff.EngineEvent.LeaseLapsed;
import dev.handoff.EngineEvent.TasksRescued;
import dev.handoff.Extensions;
import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.HandoffException;
import dev.handoff.LeaseTerms;
import dev.handoff.Outcome;
import dev.handoff.StoreUnavailableException;
import dev.handoff.Submission;
import dev.handoff.TaskId;
import dev.handoff.TaskState.Completed;
import dev.handoff.TaskType;
import dev.handoff.TimeSource;
import dev.handoff.jdbc.postgres.PostgresClock;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.PostgresServer.Durability;
import dev.handoff.testing.TestDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The server refuses new logins while the connections of the pool work.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class PostgresRefusedLoginTest {
  private static final TaskType<String, String> TALE =
      TaskType.of("tale", String.class, String.class);
  private static final Submission BY_ASHA = Submission.by("asha");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HandoffConfig CONFIG =
      HandoffConfig.defaults()
          .withDrain(Duration.ZERO)
          .withLease(new LeaseTerms(Duration.ofSeconds(10), Duration.ofMillis(500)));

  private final TestDatabase data = PostgresServer.shared().newDatabase();
  private final String role = data.url().replaceAll("^.*/|\\?.*$", "") + "_app";
  private final List<EngineEvent> reported = new CopyOnWriteArrayList<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private @Nullable PostgresDatabase database;
  private @Nullable PostgresTaskStore store;
  private @Nullable Handoff node;

  @BeforeEach
  void createRole() {
    execute(data, "create role " + role + " login");
    execute(data, "grant create on schema public to " + role);
  }

  @AfterEach
  void close() {
    if (node != null) {
      node.close();
    }
    if (store != null) {
      store.close();
    }
    if (database != null) {
      database.close();
    }
    data.drop();
    PostgresServer.shared();
  }

  private Handoff start(TestDatabase where, String username) {
    database =
        PostgresDatabase.open(PostgresSettings.at(where.url(), username, "").withConnections(6));
    store =
        PostgresTaskStore.open(
            database, new PostgresClock(TimeSource.system()), CallerTransaction.NONE);
    node =
        Handoff.start(
            store,
            List.of(
                TALE.handledBy((request, _) -> {
                  go.await();
                  return Outcome.done(request);
                })),
            CONFIG,
            Extensions.defaults().tellingAlso(reported::add));
    return node;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter role ROLE nologin",
        "alter role ROLE connection limit 0",
        "alter role ROLE valid until '2001-01-01'",
        "alter database DATABASE connection limit 0",
        "revoke connect on database DATABASE from public",
        "alter role ROLE rename to ROLE_then"
      })
  void aNodeWithAWorkingPoolGoesOn(String refusal) {
    Handoff running = start(data, role);
    List<TaskId> tasks = IntStream.range(0, 4).mapToObj(i -> submit(running, i)).toList();
    await().atMost(PATIENCE).until(() -> running.status().attempts() == tasks.size());

    try (Connection operator = data.connect()) {
      refuse(operator, refusal);
      assertThat(endSessions(operator, "handoff session", 1)).isTrue();
      assertThat(endSessions(operator, "handoff", 1)).isTrue();
      submitForAWhile(running);
      go.countDown();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(tasks)
                  .allSatisfy(task ->
                      assertThat(running.find(task).orElseThrow().state())
                          .isInstanceOf(Completed.class)));
      assertThat(tasks)
          .allSatisfy(task ->
              assertThat(running.find(task).orElseThrow().activity().attempt()).isEqualTo(1));
      assertNothingWasLost();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aServerThatAnswersNoNewConnectionIsNotAway() throws SQLException {
    try (PostgresServer server = PostgresServer.own(Durability.UNSYNCED)) {
      TestDatabase own = server.newDatabase();
      Handoff running = start(own, own.username());
      TaskId task = submit(running, 0);
      await().atMost(PATIENCE).until(() -> running.status().attempts() == 1);
      try (Connection operator = own.connect()) {
        server.freezePostmaster();
        assertThat(endSessions(operator, "handoff session", 1)).isTrue();
        assertThat(endSessions(operator, "handoff", 1)).isTrue();
        submitForAWhile(running);
      } finally {
        server.thaw();
      }
      go.countDown();
      await().atMost(PATIENCE).until(() -> running.find(task).orElseThrow().isTerminal());
      assertNothingWasLost();
      running.close();
    }
  }

  private void submitForAWhile(Handoff running) {
    AtomicInteger found = new AtomicInteger();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> {
          assertThat(running.find(submit(running, found.get()))).isPresent();
          return found.incrementAndGet() == 15;
        });
  }

  @Test
  void aLoginThatIsRefusedWhileTheDatabaseIsOpenedIsReported() {
    AtomicBoolean opened = new AtomicBoolean();
    for (int logins = 0; !opened.get(); logins++) {
      DataSource refusing = refusingAfter(logins);
      PostgresSettings settings = PostgresSettings.at(data.url(), "", "");
      Throwable thrown =
          catchThrowable(() -> {
            try (PostgresDatabase _ = PostgresDatabase.sharing(refusing, settings)) {
              opened.set(true);
            }
          });
      if (!opened.get()) {
        assertThat(thrown)
            .isInstanceOf(HandoffException.class)
            .hasMessageContaining("refuses the login");
      }
    }
  }

  private DataSource refusingAfter(int logins) {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setUrl(data.url());
    server.setUser(data.username());
    server.setPassword(data.password());
    AtomicInteger left = new AtomicInteger(logins);
    InvocationHandler handler =
        (_, method, arguments) -> {
          if (method.getName().equals("getConnection") && left.getAndDecrement() <= 0) {
            throw new SQLException("role is not permitted to log in", "28000");
          }
          return method.invoke(server, arguments);
        };
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {DataSource.class}, handler);
  }

  @Test
  void whoGetsNoConnectionIsToldThatTheLoginIsRefused() throws SQLException {
    Handoff running = start(data, role);
    try (Connection operator = data.connect()) {
      refuse(operator, "alter role ROLE nologin");
      assertThat(endSessions(operator, "handoff session", 1)).isTrue();
      // The pool may have logged in at the last moment.
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            var _ = endSessions(operator, "handoff", 100);
            assertThatThrownBy(() -> submit(running, 0))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("refuses");
          });
      refuse(operator, "alter role ROLE login");
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
          .until(() -> running.find(submit(running, 0)).isPresent());
    }
  }

  private static TaskId submit(Handoff node, int number) {
    return node.submit(TALE, "tale " + number, BY_ASHA);
  }

  private void assertNothingWasLost() {
    assertThat(reported).noneMatch(TasksRescued.class::isInstance);
    assertThat(reported).noneMatch(LeaseLapsed.class::isInstance);
  }

  private void refuse(Connection operator, String refusal) throws SQLException {
    try (Statement statement = operator.createStatement()) {
      statement.execute(
          refusal
              .replace("ROLE", role)
              .replace("DATABASE", data.url().replaceAll("^.*/|\\?.*$", "")));
    }
  }

  private static boolean endSessions(Connection operator, String name, int atMost)
      throws SQLException {
    try (Statement statement = operator.createStatement();
        ResultSet ended =
            statement.executeQuery(
                """
                select pg_terminate_backend(pid, 5000) from pg_stat_activity
                where datname = current_database() and application_name = '%s' and pid <> pg_backend_pid()
                limit %d
                """
                    .formatted(name, atMost))) {
      return ended.next();
    }
  }

  private static void execute(TestDatabase data, String sql) {
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
