package dev.handoff.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.handoff.jdbc.sql.PooledDataSource;
import dev.handoff.jdbc.sqlite.GatedConnection;
import dev.handoff.jdbc.sqlite.WriteGate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/// The application's connections to an SQLite file. Their write transactions and the store's run
/// one at a time. Safe for use by many threads.
public final class GatedDataSource extends PooledDataSource {
  private static final Duration TURN = Duration.ofSeconds(10);

  private final WriteGate gate;
  private final Duration patience;

  private GatedDataSource(DataSource pool, WriteGate gate, Duration patience) {
    super(pool);
    this.gate = gate;
    this.patience = patience;
  }

  /// Wraps the application's own connections, so that a store can be opened on the same file with
  /// [SqliteDatabase#sharing]. The application must take its connections from here only. A write
  /// transaction waits up to 10 s for the one before it.
  ///
  /// @param application connections to one SQLite file, pooled or not; the caller closes them
  public static GatedDataSource over(DataSource application) {
    return new GatedDataSource(application, new WriteGate(), TURN);
  }

  static GatedDataSource over(HikariDataSource pool, SqliteSettings settings) {
    return new GatedDataSource(pool, new WriteGate(), settings.turn());
  }

  static HikariDataSource pool(DataSource driver, SqliteSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(driver);
    config.setPoolName("handoff-sqlite");
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  WriteGate gate() {
    return gate;
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
}
