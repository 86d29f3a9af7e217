package dev.handoff.jdbc.postgres;

import dev.handoff.jdbc.sql.PooledDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Connections of the application's DataSource, with the store's defaults where none are set. How
/// they are opened stays the application's choice.
public final class PresetDataSource extends PooledDataSource {
  private static final int DRIVERS_THRESHOLD = 5;
  private static final String APPLICATION_NAME = "ApplicationName";
  private static final String DRIVERS_NAME = "PostgreSQL JDBC Driver";

  private final Use use;

  enum Use {
    POOLED,
    PATIENT,
    SESSION
  }

  PresetDataSource(DataSource source, Use use) {
    super(source);
    this.use = use;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = pool().getConnection();
    boolean done = false;
    try {
      preset(connection);
      done = true;
      return connection;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  private void preset(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.setAutoCommit(true);
    }
    setTimeout(connection);
    if (connection.isWrapperFor(PGConnection.class)) {
      PGConnection driver = connection.unwrap(PGConnection.class);
      if (driver.getPrepareThreshold() == DRIVERS_THRESHOLD) {
        driver.setPrepareThreshold(ServerAccess.PREPARE_THRESHOLD);
      }
    }
    if (use == Use.SESSION) {
      connection.setClientInfo(APPLICATION_NAME, ServerAccess.SESSION_NAME);
    } else if (isUnnamed(connection.getClientInfo(APPLICATION_NAME))) {
      connection.setClientInfo(APPLICATION_NAME, ServerAccess.NAME);
    }
  }

  private static boolean isUnnamed(@Nullable String name) {
    return name == null || name.isEmpty() || name.equals(DRIVERS_NAME);
  }

  private void setTimeout(Connection connection) throws SQLException {
    switch (use) {
      case PATIENT -> setTimeout(connection, 0);
      case SESSION -> setTimeout(connection, ServerAccess.SESSION_ANSWER_SECONDS);
      case POOLED -> {
        if (connection.getNetworkTimeout() == 0) {
          setTimeout(connection, ServerAccess.ANSWER_SECONDS);
        }
      }
    }
  }

  private static void setTimeout(Connection connection, int seconds) throws SQLException {
    connection.setNetworkTimeout(
        Runnable::run, Math.toIntExact(TimeUnit.SECONDS.toMillis(seconds)));
  }

  /// Ignored: the application's DataSource sets it.
  @Override
  public void setLoginTimeout(int seconds) {}
}
