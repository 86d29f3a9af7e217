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

  private static int prepareThreshold(TestDatabase data, String url) throws SQLException {
    PostgresSettings settings = PostgresSettings.at(url, data.username(), data.password());
    try (PostgresDatabase database = PostgresDatabase.open(settings);
        Connection connection = database.dataSource().getConnection()) {
      return connection.unwrap(PGConnection.class).getPrepareThreshold();
    }
  }
}
