package dev.handoff.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.HandoffException;
import dev.handoff.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/// One database of a PostgreSQL server (14 or newer): the store's tables, and the application's own
/// beside them so that both can be written in one transaction. Any number of processes may have it
/// open. Safe for use by many threads.
public final class PostgresDatabase implements AutoCloseable {
  private static final int CONNECT_SECONDS = 5;
  // A statement of the store takes milliseconds; whoever waits longer talks to nobody.
  private static final int ANSWER_SECONDS = 60;
  private static final int SESSION_ANSWER_SECONDS = 10;

  private final PostgresSettings settings;
  private final HikariDataSource pool;
  private final Outage outage = new Outage();
  private final DataSource refusing;

  private PostgresDatabase(PostgresSettings settings, HikariDataSource pool) {
    this.settings = settings;
    this.pool = pool;
    this.refusing = new RefusingDataSource(pool, outage);
  }

  /// Connects, and brings the store's tables up to date. Several processes may do so at once.
  ///
  /// @throws StoreUnavailableException when the server cannot be reached
  /// @throws HandoffException when it refuses the login, or the tables cannot be brought up to date
  public static PostgresDatabase open(PostgresSettings settings) {
    PGSimpleDataSource server = server(settings);
    try (Connection probe = server.getConnection()) {
      if (probe.getMetaData().getDatabaseMajorVersion() < 14) {
        throw new HandoffException(
            "the store needs PostgreSQL 14 or newer, the server is "
                + probe.getMetaData().getDatabaseProductVersion());
      }
    } catch (SQLException e) {
      throw PostgresErrors.translate(e);
    }
    try {
      new Migrations(patient(settings), Migrations.Dialect.POSTGRESQL).run();
      return new PostgresDatabase(settings, pool(settings, server));
    } catch (RuntimeException e) {
      // It may have gone since it was asked.
      throw PostgresErrors.unavailableBehind(e).orElseThrow(() -> e);
    }
  }

  private static PGSimpleDataSource server(PostgresSettings settings) {
    PGSimpleDataSource server = new PGSimpleDataSource();
    // What the URL says wins, which is ours to see to: what was set before is kept by setUrl.
    Properties said = Driver.parseURL(settings.url(), null);
    Map<PGProperty, Object> ours =
        Map.of(
            PGProperty.CONNECT_TIMEOUT,
            CONNECT_SECONDS,
            PGProperty.SOCKET_TIMEOUT,
            ANSWER_SECONDS,
            PGProperty.TCP_KEEP_ALIVE,
            true,
            // The store has a few statements, and uses each of them again and again.
            PGProperty.PREPARE_THRESHOLD,
            2,
            PGProperty.APPLICATION_NAME,
            "handoff");
    ours.forEach((property, value) -> {
      if (said == null || !property.isPresent(said)) {
        server.setProperty(property, value.toString());
      }
    });
    server.setUrl(settings.url());
    if (!settings.username().isEmpty()) {
      server.setUser(settings.username());
    }
    if (!settings.password().isEmpty()) {
      server.setPassword(settings.password());
    }
    return server;
  }

  // The tables of millions of tasks are not brought up to date within the time of an answer.
  private static DataSource patient(PostgresSettings settings) {
    PGSimpleDataSource server = server(settings);
    server.setSocketTimeout(0);
    return server;
  }

  private static HikariDataSource pool(PostgresSettings settings, DataSource server) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("handoff-postgresql");
    config.setDataSource(server);
    config.setMaximumPoolSize(settings.connections());
    // Opened when they are wanted, then kept. Otherwise the pool tries to fill itself while the
    // server is away, ever more seldom, and is late by seconds when it is back.
    config.setMinimumIdle(0);
    config.setIdleTimeout(0);
    config.setConnectionTimeout(settings.turn().toMillis());
    config.setValidationTimeout(Math.min(settings.turn().toMillis(), 1_000));
    return new HikariDataSource(config);
  }

  /// Connections for the application's own tables. While a store knows that the server is away they
  /// are refused at once.
  public DataSource dataSource() {
    return refusing;
  }

  Outage outage() {
    return outage;
  }

  HikariDataSource pool() {
    return pool;
  }

  /// A connection beside the pool, whose session stays the same for as long as it lives.
  Connection session() throws SQLException {
    PGSimpleDataSource server = server(settings);
    server.setApplicationName("handoff session");
    // For what it asks; listening has a time of its own.
    server.setSocketTimeout(SESSION_ANSWER_SECONDS);
    return server.getConnection();
  }

  PostgresSettings settings() {
    return settings;
  }

  /// Closes the connections.
  @Override
  public void close() {
    pool.close();
  }
}
