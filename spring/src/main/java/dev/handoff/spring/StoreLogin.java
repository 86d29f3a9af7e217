package dev.handoff.spring;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.handoff.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.ClassUtils;

/// Opens connections to a PostgreSQL server as an application's pool opens its own: through the
/// same driver with the same properties (encryption among them), with the login that is valid at
/// that moment, and prepared by the same statement. Each call opens a new one, beside the pool.
final class StoreLogin extends AbstractDataSource {
  private static final String FILE = "jdbc:sqlite:";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final ConnectionOpening opening;
  private final @Nullable String schema;

  private StoreLogin(ConnectionOpening opening, @Nullable String schema) {
    this.opening = opening;
    this.schema = schema;
  }

  private interface ConnectionOpening {
    Connection open() throws SQLException;
  }

  /// The way in which an application's connections are made, into the schema that they see first.
  ///
  /// @throws UnsupportedStoreException when they lead to another kind of database, or when the
  ///   DataSource is not one of Hikari's, Spring's or the driver's
  static StoreLogin of(DataSource application) {
    try (Connection connection = application.getConnection()) {
      DatabaseMetaData database = connection.getMetaData();
      if (!"PostgreSQL".equals(database.getDatabaseProductName())) {
        throw UnsupportedStoreException.ofApplication(database.getDatabaseProductName());
      }
      return new StoreLogin(opening(application), connection.getSchema());
    } catch (SQLException e) {
      throw new StoreUnavailableException(
          "the application's database, which tasks are kept in, cannot be reached", RETRY_AFTER, e);
    }
  }

  /// Whether an application's connections lead to the database of this URL, as far as its text
  /// tells.
  static boolean leadsTo(String url, DataSource application) {
    // Asking a pool for a connection would start it.
    if (application instanceof HikariDataSource pool && pool.getJdbcUrl() != null) {
      return absolute(url).equals(absolute(pool.getJdbcUrl()));
    }
    try (Connection connection = application.getConnection()) {
      return absolute(url).equals(absolute(connection.getMetaData().getURL()));
    } catch (SQLException | RuntimeException away) {
      // Left to the application, whose DataSource may need a route of its own here.
      return false;
    }
  }

  private static String absolute(String url) {
    return url.startsWith(FILE)
        ? FILE + Path.of(url.substring(FILE.length())).toAbsolutePath().normalize()
        : url;
  }

  private static ConnectionOpening opening(DataSource application) throws SQLException {
    if (application.isWrapperFor(HikariDataSource.class)) {
      HikariDataSource pool = application.unwrap(HikariDataSource.class);
      DataSource driver = beneath(pool);
      return () -> prepared(loggedIn(driver, login(pool)), pool);
    }
    if (application.isWrapperFor(SingleConnectionDataSource.class)) {
      SingleConnectionDataSource one = application.unwrap(SingleConnectionDataSource.class);
      return () -> another(one).getConnection();
    }
    if (application.isWrapperFor(AbstractDriverBasedDataSource.class)) {
      return application.unwrap(AbstractDriverBasedDataSource.class)::getConnection;
    }
    if (application.isWrapperFor(PGSimpleDataSource.class)) {
      return application.unwrap(PGSimpleDataSource.class)::getConnection;
    }
    throw UnsupportedStoreException.ofLogin();
  }

  /// What the pool gets its connections from, which it has made by now where it was not given one.
  private static DataSource beneath(HikariDataSource pool) throws SQLException {
    if (pool.getDataSource() != null) {
      return pool.getDataSource();
    }
    if (pool.getDataSourceClassName() == null) {
      return pool.unwrap(DriverDataSource.class);
    }
    Class<?> type = ClassUtils.resolveClassName(pool.getDataSourceClassName(), null);
    return pool.unwrap(type.asSubclass(DataSource.class));
  }

  // Asked for each time, because it may have been renewed.
  private static Credentials login(HikariDataSource pool) {
    HikariCredentialsProvider provider = pool.getCredentialsProvider();
    return provider == null
        ? Credentials.of(pool.getUsername(), pool.getPassword())
        : provider.getCredentials();
  }

  private static Connection loggedIn(DataSource driver, Credentials login) throws SQLException {
    return login.getUsername() == null
        ? driver.getConnection()
        : driver.getConnection(login.getUsername(), login.getPassword());
  }

  private static Connection prepared(Connection connection, HikariDataSource pool)
      throws SQLException {
    return orClosed(
        connection,
        () -> {
          if (pool.getSchema() != null) {
            connection.setSchema(pool.getSchema());
          }
          if (pool.getConnectionInitSql() != null) {
            // As the pool does: without auto-commit the statement is committed.
            connection.setAutoCommit(pool.isAutoCommit());
            try (Statement statement = connection.createStatement()) {
              statement.execute(pool.getConnectionInitSql());
            }
            if (!pool.isAutoCommit()) {
              connection.commit();
              connection.setAutoCommit(true);
            }
          }
        });
  }

  private static DriverManagerDataSource another(SingleConnectionDataSource one) {
    DriverManagerDataSource driver = new DriverManagerDataSource();
    driver.setUrl(String.valueOf(one.getUrl()));
    driver.setUsername(one.getUsername());
    driver.setPassword(one.getPassword());
    driver.setConnectionProperties(one.getConnectionProperties());
    return driver;
  }

  private interface LoginStep {
    void run() throws SQLException;
  }

  private static Connection orClosed(Connection connection, LoginStep step) throws SQLException {
    boolean done = false;
    try {
      step.run();
      done = true;
      return connection;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  /// Opens a new connection, which the caller closes.
  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = opening.open();
    return orClosed(
        connection,
        () -> {
          if (schema != null) {
            connection.setSchema(schema);
          }
        });
  }

  /// Opens a new connection with the application's login; the arguments are ignored.
  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return getConnection();
  }

  /// The name only: the wrapped DataSource may contain a password.
  @Override
  public String toString() {
    return "StoreLogin";
  }
}
