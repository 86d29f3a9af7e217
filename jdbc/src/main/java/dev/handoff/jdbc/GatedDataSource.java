package dev.handoff.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/// The application's connections to the database: a pool, each connection behind the write gate.
final class GatedDataSource extends PooledDataSource implements AutoCloseable {
  private final WriteGate gate;
  private final Duration patience;

  GatedDataSource(DataSource driver, WriteGate gate, SqliteSettings settings) {
    super(pool(driver, settings));
    this.gate = gate;
    this.patience = settings.turn();
  }

  private static HikariDataSource pool(DataSource driver, SqliteSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(driver);
    config.setPoolName("handoff-sqlite");
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection pooled = pool().getConnection();
    try {
      return GatedConnection.of(pooled, gate, patience);
    } catch (SQLException e) {
      pooled.close();
      throw e;
    }
  }

  @Override
  public void close() {
    pool().close();
  }
}
