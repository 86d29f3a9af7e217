package dev.handoff.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.engine.Scheduler;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/// An open PostgreSQL server: its pool, its outage, and the source of threads and randomness.
public record OpenServer(
    HikariDataSource pool,
    Outage outage,
    ServerAccess access,
    Scheduler scheduler,
    RandomGenerator random) {

  /// Opens a connection beside the pool, for a session that stays open.
  Connection session() throws SQLException {
    return access.session().getConnection();
  }
}
