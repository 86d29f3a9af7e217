package dev.handoff.systems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.systems.kit.SystemsDatabase;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionOperations;

final class SystemsDatabaseTest {
  @Test
  void nodesThatStartTogetherMakeTheTablesOnce() throws Exception {
    TestDatabase data = PostgresServer.shared().newDatabase();
    DriverManagerDataSource database =
        new DriverManagerDataSource(data.url(), data.username(), data.password());
    // Something of somebody else's is there already, as the store's tables are.
    execute(data, "create table other (x integer)");

    List<Callable<SystemsDatabase>> nodes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      nodes.add(() ->
          new SystemsDatabase(
              database, JdbcClient.create(database), TransactionOperations.withoutTransaction()));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SystemsDatabase> made : threads.invokeAll(nodes)) {
        assertThat(made.get()).isNotNull();
      }
    }

    JdbcClient sql = JdbcClient.create(database);
    assertThat(sql.sql("select count(*) from user_account").query(Integer.class).single()).isZero();
    assertThat(
            sql.sql("select version from systems_schema_history order by installed_rank")
                .query(String.class)
                .list())
        .startsWith("0", "1", "2", "3")
        .doesNotHaveDuplicates();
    data.drop();
  }

  private static void execute(TestDatabase data, String statement) throws SQLException {
    try (var connection = data.connect();
        var prepared = connection.createStatement()) {
      prepared.execute(statement);
    }
  }
}
