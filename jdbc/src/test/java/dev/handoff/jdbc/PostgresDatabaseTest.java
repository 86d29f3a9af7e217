package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

final class PostgresDatabaseTest {
  @Test
  void whatTheUrlSaysWinsOverOurPresets() throws SQLException {
    TestDatabase data = PostgresServer.shared().newDatabase();
    try {
      String join = data.url().contains("?") ? "&" : "?";

      // As a pooler in transaction mode needs it.
      assertThat(prepareThreshold(data, data.url() + join + "prepareThreshold=0")).isZero();
      assertThat(prepareThreshold(data, data.url())).isEqualTo(2);
    } finally {
      data.drop();
    }
  }

  @Test
  void aFirstConnectionThatBreaksWhileItIsSetUpSpoilsNoOther() throws SQLException {
    TestDatabase data = PostgresServer.shared().newDatabase();
    try (LosingProxy proxy = LosingProxy.before(data);
        PostgresDatabase database =
            PostgresDatabase.open(
                PostgresSettings.at(proxy.url(), data.username(), data.password()))) {
      // The answer to what its isolation is.
      proxy.lose("SHOW");

      try (Connection connection = database.dataSource().getConnection()) {
        assertThat(connection.getTransactionIsolation())
            .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
      }
      assertThat(proxy.losses()).isEqualTo(1);
    } finally {
      data.drop();
    }
  }

  @Test
  void whatTheStoreRunsAtIsNotTheDatabasesChoice() throws SQLException {
    TestDatabase data = PostgresServer.shared().newDatabase();
    String join = data.url().contains("?") ? "&" : "?";
    PostgresSettings settings =
        PostgresSettings.at(
            data.url() + join + "options=-c%20default_transaction_isolation=serializable",
            data.username(),
            data.password());
    try (PostgresDatabase database = PostgresDatabase.open(settings);
        Connection connection = database.dataSource().getConnection()) {
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    } finally {
      data.drop();
    }
  }

  private static int prepareThreshold(TestDatabase data, String url) throws SQLException {
    PostgresSettings settings = PostgresSettings.at(url, data.username(), data.password());
    try (PostgresDatabase database = PostgresDatabase.open(settings);
        Connection connection = database.dataSource().getConnection()) {
      return connection.unwrap(PGConnection.class).getPrepareThreshold();
    }
  }
}
