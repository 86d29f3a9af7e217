package dev.handoff.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.HandoffException;
import dev.handoff.StoreUnavailableException;
import dev.handoff.engine.Scheduler;
import dev.handoff.jdbc.postgres.OpenServer;
import dev.handoff.jdbc.postgres.Outage;
import dev.handoff.jdbc.postgres.RefusingDataSource;
import dev.handoff.jdbc.postgres.ServerAccess;
import dev.handoff.jdbc.sql.Migrations;
import dev.handoff.jdbc.sql.PostgresErrors;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/// One database of a PostgreSQL server (14 or newer): the store's tables, and the application's own
/// beside them so that both can be written in one transaction. Any number of processes may have it
/// open. Safe for use by many threads.
public final class PostgresDatabase implements AutoCloseable {
  private final PostgresSettings settings;
  private final OpenServer server;
  private final DataSource refusing;

  private PostgresDatabase(
      PostgresSettings settings, ServerAccess access, HikariDataSource pool, Environment machine) {
    this.settings = settings;
    this.server = new OpenServer(pool, new Outage(), access, machine.scheduler(), machine.random());
    this.refusing = new RefusingDataSource(pool, server.outage());
  }

  /// Connects and migrates the store's tables. Several processes may do so at the same time.
  ///
  /// @throws StoreUnavailableException when the server cannot be reached
  /// @throws HandoffException when it refuses the login, or the tables cannot be migrated
  public static PostgresDatabase open(PostgresSettings settings) {
    return open(
        settings,
        new ServerAccess.BySettings(settings.url(), settings.username(), settings.password()),
        Environment.SYSTEM);
  }

  /// As [#open], over connections that `connections` opens. It opens a new one at each call, and
  /// the store closes them. All of the store's connections come from there, those beside its pool
  /// as well; the URL and the login of the settings are ignored. The DataSource must not be a pool.
  ///
  /// @throws StoreUnavailableException when the server cannot be reached
  /// @throws HandoffException when it refuses the login, or the tables cannot be migrated
  public static PostgresDatabase sharing(DataSource connections, PostgresSettings settings) {
    return sharing(connections, settings, Environment.SYSTEM);
  }

  /// The source of threads and randomness of a database and its store.
  record Environment(Scheduler scheduler, RandomGenerator random) {
    static final Environment SYSTEM = new Environment(Scheduler.SYSTEM, new SecureRandom());
  }

  /// As [#sharing(DataSource, PostgresSettings)], in a simulation.
  static PostgresDatabase sharing(
      DataSource connections, PostgresSettings settings, Environment machine) {
    return open(settings, new ServerAccess.ByDataSource(connections), machine);
  }

  private static PostgresDatabase open(
      PostgresSettings settings, ServerAccess access, Environment machine) {
    DataSource server = access.pooled();
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
      // The tables of millions of tasks are not brought up to date within the time of an answer.
      new Migrations(QuietDataSource.of(access.patient()), Migrations.Dialect.POSTGRESQL).run();
      return new PostgresDatabase(settings, access, pool(settings, server), machine);
    } catch (RuntimeException e) {
      // It may have gone since it was asked.
      throw PostgresErrors.unavailableBehind(e).orElseThrow(() -> e);
    }
  }

  private static HikariDataSource pool(PostgresSettings settings, DataSource server) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("handoff-postgresql");
    config.setDataSource(server);
    config.setMaximumPoolSize(settings.connections());
    // Opened when they are wanted, then kept. Otherwise the pool tries to fill itself while the
    // server is away, ever more seldom, and is late by seconds when it is back.
    config.setMinimumIdle(0);
    // What the store's statements are written for. Otherwise the pool asks its first connection for
    // the default, and if that one breaks meanwhile, it can open no other ever again.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    // The server has answered; what it does from now on every call has to bear.
    config.setInitializationFailTimeout(-1);
    config.setIdleTimeout(0);
    config.setConnectionTimeout(settings.turn().toMillis());
    config.setValidationTimeout(Math.min(settings.turn().toMillis(), 1_000));
    return new HikariDataSource(config);
  }

  /// Returns connections for the application's own tables. They are refused at once while a store
  /// knows that the server is unreachable.
  public DataSource dataSource() {
    return refusing;
  }

  OpenServer server() {
    return server;
  }

  PostgresSettings settings() {
    return settings;
  }

  /// Closes the pool. Open stores fail from here on.
  @Override
  public void close() {
    server.pool().close();
  }
}
