package dev.handoff.server;

import static org.awaitility.Awaitility.await;

import dev.handoff.Handoff;
import dev.handoff.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Cancels, before each test class, what the classes before it left open on the shared server. A
/// task that is tried again later would take the answer that the next test has prepared.
public final class LeftoverTasks implements BeforeAllCallback {
  private static final String OPEN =
      "select cast(id as varchar(36)) from handoff_task where state in ('queued', 'processing')";

  @Override
  public void beforeAll(ExtensionContext context) {
    TestServer server = TestServer.sharedIfStarted();
    if (server == null) {
      return;
    }
    Handoff handoff = server.bean(Handoff.class);
    List<TaskId> open = server.bean(JdbcClient.class).sql(OPEN).query(LeftoverTasks::id).list();
    open.forEach(task -> handoff.cancel(task, "left over by another test"));
    await().until(() -> handoff.status().attempts() == 0);
  }

  private static TaskId id(ResultSet row, int number) throws SQLException {
    return TaskId.parse(row.getString(1)).orElseThrow();
  }
}
