package dev.handoff.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handoff.StoreUnavailableException;
import dev.handoff.testing.PostgresServer;
import dev.handoff.testing.PostgresServer.Durability;
import dev.handoff.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The application's connections while the server is away.
final class RefusingDataSourceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void nobodyWaitsForAConnectionWhileTheServerIsKnownToBeAway() throws SQLException {
    try (PostgresServer server = PostgresServer.own(Durability.UNSYNCED)) {
      TestDatabase data = server.newDatabase();
      try (PostgresDatabase database =
              PostgresDatabase.open(
                  PostgresSettings.at(data.url(), data.username(), data.password()));
          PostgresTaskStore store = PostgresTaskStore.open(database, CallerTransaction.NONE)) {
        server.stop();
        assertThatThrownBy(() -> store.nextDue(List.of("chat")))
            .isInstanceOf(StoreUnavailableException.class);

        // The pool's own complaint, after its time is over, is another one.
        assertThatThrownBy(() -> database.dataSource().getConnection())
            .isInstanceOf(SQLTransientConnectionException.class)
            .hasMessage("the database cannot be reached");

        server.startAgain();
        await().atMost(PATIENCE).until(() -> database.server().outage().known() == null);
        try (Connection connection = database.dataSource().getConnection()) {
          assertThat(connection.isValid(1)).isTrue();
        }
      }
    }
  }
}
