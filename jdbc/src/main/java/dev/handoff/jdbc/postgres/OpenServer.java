package dev.handoff.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.engine.Scheduler;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/// A PostgreSQL server that is open: its pool, what is known of an outage, and where threads and
/// randomness come from.
public record OpenServer(
    HikariDataSource pool,
    Outage outage,
    ServerAccess access,
    Scheduler scheduler,
    RandomGenerator random) {

  /// Opens a connection beside the pool, whose session stays the same for as long as it lives.
  Connection session() throws SQLException {
    return access.session().getConnection();
  }
}
