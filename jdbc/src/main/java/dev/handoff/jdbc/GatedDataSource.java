package dev.handoff.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// The application's connections to the database: a pool, each connection behind the write gate.
final class GatedDataSource implements DataSource, AutoCloseable {
  private final HikariDataSource pool;
  private final WriteGate gate;
  private final Duration patience;

  GatedDataSource(DataSource driver, WriteGate gate, SqliteSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(driver);
    config.setPoolName("handoff-sqlite");
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
    this.gate = gate;
    this.patience = settings.turn();
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection pooled = pool.getConnection();
    try {
      return GatedConnection.of(pooled, gate, patience);
    } catch (SQLException e) {
      pooled.close();
      throw e;
    }
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || pool.isWrapperFor(type);
  }

  @Override
  public void close() {
    pool.close();
  }
}
