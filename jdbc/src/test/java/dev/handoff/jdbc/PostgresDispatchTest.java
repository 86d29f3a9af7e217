package dev.handoff.jdbc;

import static dev.handoff.testing.engine.EngineFixture.BY_ASHA;
import static dev.handoff.testing.engine.EngineFixture.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.HandoffConfig;
import dev.handoff.Outcome;
import dev.handoff.Policy;
import dev.handoff.Role;
import dev.handoff.TaskId;
import dev.handoff.TaskType;
import dev.handoff.store.TaskStore;
import dev.handoff.testing.TestDatabase;
import dev.handoff.testing.engine.EngineFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A node that can not have what is due asks for it ever more seldom, and gets it in the end.
final class PostgresDispatchTest {
  private static final TaskType<String, String> CHAT = EngineFixture.type("chat", Policy.DEFAULTS);

  private final TestDatabase data = EmptyDatabases.take();
  private final PostgresDatabase database =
      PostgresDatabase.open(PostgresSettings.at(data.url(), data.username(), data.password()));
  private final List<Long> claims = new CopyOnWriteArrayList<>();
  private final TaskStore store =
      counting(PostgresTaskStore.open(database, CallerTransaction.NONE));

  @AfterEach
  void close() {
    store.close();
    database.close();
    EmptyDatabases.giveBack(data);
  }

  private TaskStore counting(TaskStore counted) {
    return (TaskStore)
        Proxy.newProxyInstance(
            TaskStore.class.getClassLoader(),
            new Class<?>[] {TaskStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("claim")) {
                claims.add(System.nanoTime());
              }
              try {
                return method.invoke(counted, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private boolean hasPausedFor(Duration pause) {
    for (int i = 1; i < claims.size(); i++) {
      if (claims.get(i) - claims.get(i - 1) >= pause.toNanos()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void whatAnotherTransactionHoldsIsAskedForEverMoreSeldom() throws SQLException {
    try (EngineFixture engines = new EngineFixture(store);
        Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      Handoff api =
          engines.start(
              HandoffConfig.defaults().withRole(Role.API),
              CHAT,
              (request, _) -> Outcome.done(request));
      TaskId task = api.submit(CHAT, "x", BY_ASHA);
      connection.setAutoCommit(false);
      statement.execute("select * from handoff_task for update");

      Handoff worker =
          engines.start(HandoffConfig.defaults(), CHAT, (request, _) -> Outcome.done(request));
      await().atMost(PATIENCE).until(() -> hasPausedFor(Duration.ofMillis(700)));
      connection.rollback();

      await().atMost(PATIENCE).until(() -> worker.find(task).orElseThrow().isTerminal());
    }
  }
}
