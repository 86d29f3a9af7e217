package dev.handoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.spring.tables.TaskDatabase;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The connection breaks in a transaction: whether it was committed is not known, and the same
/// request may be made again.
final class BrokenCommitTest {
  private final TestDatabase data = PostgresServer.shared().newDatabase();
  private final HikariDataSource pool = new HikariDataSource();
  private final DatabaseUnavailability unavailability = new DatabaseUnavailability();

  @BeforeEach
  void open() {
    pool.setJdbcUrl(data.url());
    pool.setUsername(data.username());
    pool.setPassword(data.password());
    JdbcClient.create(pool).sql("create table note (text text)").update();
  }

  @AfterEach
  void close() {
    pool.close();
    data.drop();
  }

  private DataSource driver() {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(data.url());
    driver.setUser(data.username());
    driver.setPassword(data.password());
    return driver;
  }

  private List<TransactionTemplate> transactions(DataSource database) {
    return List.of(
        new TaskDatabase(database).transaction(),
        new TransactionTemplate(new JdbcTransactionManager(database)),
        new TransactionTemplate(new DataSourceTransactionManager(database)));
  }

  private void note(DataSource database) {
    JdbcClient.create(database).sql("insert into note values ('x')").update();
  }

  private void breakOff(DataSource database) {
    int pid =
        JdbcClient.create(database).sql("select pg_backend_pid()").query(Integer.class).single();
    try (Connection connection = data.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_terminate_backend(" + pid + ")");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCommitWhoseAnswerIsLostMayBeTriedAgain() {
    for (DataSource database : List.of(pool, driver())) {
      for (TransactionTemplate transaction : transactions(database)) {
        Throwable thrown =
            catchThrowable(() ->
                transaction.executeWithoutResult(_ -> {
                  note(database);
                  breakOff(database);
                }));

        assertThat(thrown).isNotNull();
        assertThat(unavailability.retryAfter(thrown))
            .as(thrown.toString())
            .contains(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void aStatementThatBreaksMayBeTriedAgainWhateverTheRollbackSays() {
    for (DataSource database : List.of(pool, driver())) {
      for (TransactionTemplate transaction : transactions(database)) {
        Throwable thrown =
            catchThrowable(() ->
                transaction.executeWithoutResult(_ -> {
                  breakOff(database);
                  note(database);
                }));

        assertThat(unavailability.retryAfter(thrown))
            .as(String.valueOf(thrown))
            .contains(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void whatTheApplicationThrewIsNotHiddenByTheRollback() {
    IllegalStateException changed = new IllegalStateException("changed my mind");

    Throwable thrown =
        catchThrowable(() ->
            new TaskDatabase(pool)
                .transaction()
                .executeWithoutResult(_ -> {
                  note(pool);
                  breakOff(pool);
                  throw changed;
                }));

    assertThat(thrown).isSameAs(changed);
  }
}
