package dev.handoff.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.jdbc.sql.PooledDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/// Connections to a PostgreSQL server, which are refused at once during an outage.
public final class RefusingDataSource extends PooledDataSource {
  private final Outage outage;

  public RefusingDataSource(HikariDataSource pool, Outage outage) {
    super(pool);
    this.outage = outage;
  }

  @Override
  public Connection getConnection() throws SQLException {
    SQLException known = outage.known();
    if (known != null) {
      throw new SQLTransientConnectionException(
          "the database cannot be reached", known.getSQLState(), known);
    }
    return pool().getConnection();
  }
}
